// Puts redis-server under resources/redis/<platform>-<arch>/.
//
// Every system builds the same source: upstream 7.0.15 plus the patches in resources/redis-patches.
// The upstream archive comes from a cache, from Debian's source package, or from the Redis project, and is only
// used when its digest is one of ours. Linux links statically, so that one file runs on every distribution; Windows
// compiles in an MSYS2 shell (folder MSYS2_ROOT, packages gcc, make, patch), whose runtime library comes along.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  engineDir,
  engineRecordPath,
  inRoot,
  localCacheDir,
  platformKey,
  readJson,
  redisServerPath,
  userCacheDir,
} from './paths.mjs';
import { findProgram, run, tryRun } from './processes.mjs';
import { once } from './once.mjs';
import { Stop, runMain, say } from './say.mjs';

export const REDIS_VERSION = '7.0.15';
const ARCHIVE = `redis-${REDIS_VERSION}.tar.gz`;
const UPSTREAM_URL = `https://download.redis.io/releases/${ARCHIVE}`;
const ARCHIVE_SHA256 = {
  '98066f5363504b26c34dd20fbcc3c957990d764cdf42576c836fc021073f4341': 'redis.io',
  '4b1dc4ee6d622a09fff9c6777191209750fb5e5a725ef78ea012d6eef4c22982': 'the Debian source package',
};
const patchDir = inRoot('resources', 'redis-patches');
const isLinux = process.platform === 'linux';
const isWindows = process.platform === 'win32';

// jemalloc, where its pages are known to be the system's: a third less time for a page of a list than with the C
// library's allocator. Elsewhere (ARM systems with large pages, MSYS2) a build may not run on its neighbour.
const usesJemalloc = isLinux && process.arch === 'x64';

const MAKE_FLAGS = [
  'BUILD_TLS=no',
  'USE_SYSTEMD=no',
  ...(usesJemalloc ? ['MALLOC=jemalloc', 'JEMALLOC_CONFIGURE_OPTS=--disable-cxx'] : ['MALLOC=libc']),
  ...(isLinux ? ['LDFLAGS=-static'] : []),
];

const patchNames = () => readFileSync(path.join(patchDir, 'series'), 'utf8').split('\n').filter(Boolean);
const sha256 = (data) => createHash('sha256').update(data).digest('hex');

/** Changes whenever the built program would: version, patches, flags. */
export function recipe() {
  const hash = createHash('sha256').update(`${REDIS_VERSION} ${platformKey} ${MAKE_FLAGS.join(' ')}`);
  for (const name of patchNames()) hash.update(readFileSync(path.join(patchDir, name)));
  return hash.digest('hex').slice(0, 16);
}

const exists = (file) => (existsSync(file) ? file : null);
const cacheDirs = () => [localCacheDir, userCacheDir];
export const builtName = () => `redis-${REDIS_VERSION}-${platformKey}-${recipe()}`;
/** Everything the engine is linked from, in one file, so that it can be linked again in seconds. */
const objectName = () => `${builtName()}.o`;

export function redisIsCurrent() {
  const record = readJson(engineRecordPath);
  return existsSync(redisServerPath) && record?.recipe === recipe();
}

function knownArchive(file) {
  return existsSync(file) && ARCHIVE_SHA256[sha256(readFileSync(file))] ? file : null;
}

/** Debian's package lists with its source entries switched on, kept apart from the machine's own in /etc. */
function debianSourceOptions(work) {
  const parts = path.join(work, 'parts');
  const lists = path.join(work, 'lists');
  mkdirSync(parts);
  mkdirSync(path.join(lists, 'partial'), { recursive: true });
  const folder = '/etc/apt/sources.list.d';
  const files = existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : [];
  for (const file of ['/etc/apt/sources.list', ...files]) {
    if (!existsSync(file)) continue;
    const text = readFileSync(file, 'utf8');
    const name = path.basename(file);
    if (!/(debian|ubuntu)/.test(text)) continue;
    if (name.endsWith('.sources'))
      writeFileSync(path.join(parts, name), text.replace(/^Types:.*$/gm, 'Types: deb-src'));
    if (name.endsWith('.list'))
      writeFileSync(path.join(parts, name), text.replace(/^deb(\s)/gm, 'deb-src$1'));
  }
  const options = {
    'Dir::Etc::SourceList': '/dev/null',
    'Dir::Etc::SourceParts': parts,
    'Dir::State::lists': lists,
    'Dir::Cache::srcpkgcache': path.join(work, 'srcpkgcache.bin'),
    'Dir::Cache::pkgcache': path.join(work, 'pkgcache.bin'),
    'APT::Sandbox::User': os.userInfo().username,
    'Acquire::Retries': '2',
  };
  return Object.entries(options).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
}

function archiveFromDebian(work) {
  if (!findProgram('apt-get')) return null;
  const options = debianSourceOptions(work);
  if (tryRun('apt-get', [...options, '-qq', 'update'], { timeout: 120_000 }) === null) return null;
  const showsources = tryRun('apt-cache', [...options, 'showsrc', 'redis']) ?? '';
  const version = [...showsources.matchAll(/^Version: (.*)$/gm)].map((m) => m[1]);
  const fitting = version.find((v) => v.includes(`:${REDIS_VERSION}-`));
  if (!fitting) return null;
  tryRun('apt-get', [...options, '-qq', 'source', '--download-only', '--tar-only', `redis=${fitting}`], {
    cwd: work,
    timeout: 120_000,
  });
  return knownArchive(path.join(work, `redis_${REDIS_VERSION}.orig.tar.gz`));
}

async function archiveFromUpstream(work) {
  const file = path.join(work, ARCHIVE);
  try {
    const reply = await fetch(UPSTREAM_URL, { signal: AbortSignal.timeout(60_000) });
    if (!reply.ok) return null;
    writeFileSync(file, Buffer.from(await reply.arrayBuffer()));
  } catch {
    return null;
  }
  return knownArchive(file);
}

async function upstreamArchive(work) {
  for (const dir of cacheDirs()) {
    const cached = knownArchive(path.join(dir, ARCHIVE));
    if (cached) return cached;
  }
  const archive = archiveFromDebian(work) ?? (await archiveFromUpstream(work));
  if (archive) keepInCache(archive, ARCHIVE);
  return archive;
}

/** Copies a file into the user's cache so that it appears there whole or not at all. */
function keepInCache(file, name) {
  try {
    mkdirSync(userCacheDir, { recursive: true });
    const partial = path.join(userCacheDir, `${name}.${process.pid}.partial`);
    copyFileSync(file, partial);
    renameSync(partial, path.join(userCacheDir, name));
  } catch (error) {
    say(`not cached (${error.code}): ${name}`);
  }
}

/** The same with a note of its digest. @param work folder for what is in between */
export function keepProved(file, name, work) {
  keepInCache(file, name);
  const note = path.join(work, 'note.json');
  writeFileSync(note, JSON.stringify({ sha256: sha256(readFileSync(file)) }));
  keepInCache(note, `${name}.json`);
}

/** A file that `keepProved` has kept and that is as it was. */
export function provedInCache(name) {
  for (const dir of cacheDirs()) {
    const file = exists(path.join(dir, name));
    const note = readJson(path.join(dir, `${name}.json`));
    if (file && note?.sha256 === sha256(readFileSync(file))) return file;
  }
  return null;
}

/** What lies beside redis-server.exe: the runtime library of MSYS2 and its licence. */
const WINDOWS_RUNTIME = ['msys-2.0.dll', 'COPYING.runtime'];

function compileInMsys2(archive, work) {
  const root = process.env.MSYS2_ROOT ?? 'C:\\msys64';
  const bash = path.join(root, 'usr', 'bin', 'bash.exe');
  if (!existsSync(bash)) throw new Stop(`building redis-server needs MSYS2; there is none in ${root}`);
  const script = inRoot('scripts', 'package', 'build-redis-msys2.sh').replaceAll('\\', '/');
  run(bash, ['-l', script, archive, work, patchDir, ...MAKE_FLAGS], {
    env: { ...process.env, MSYSTEM: 'MSYS', CHERE_INVOKING: '1' },
  });
  const built = path.join(work, 'built');
  mkdirSync(engineDir, { recursive: true });
  for (const name of WINDOWS_RUNTIME) copyFileSync(path.join(built, name), path.join(engineDir, name));
  return { binary: path.join(built, 'redis-server.exe'), licence: path.join(built, 'COPYING') };
}

function compile(archive, work) {
  if (isWindows) return compileInMsys2(archive, work);
  const missing = ['make', 'cc', 'tar', 'patch'].filter((name) => !findProgram(name));
  if (missing.length > 0) throw new Stop(`building redis-server needs ${missing.join(', ')}`);
  const tree = path.join(work, `redis-${REDIS_VERSION}`);
  execFileSync('tar', ['xzf', archive, '-C', work]);
  for (const name of patchNames()) {
    execFileSync('patch', ['-p1', '-s', '--forward', '-i', path.join(patchDir, name)], { cwd: tree });
  }
  make(tree, [`-j${os.cpus().length}`, 'redis-server']);
  const object = isLinux ? joinObjects(tree) : null;
  const binary = path.join(tree, 'src', path.basename(redisServerPath));
  if (findProgram('strip')) execFileSync('strip', [binary]);
  return { binary, licence: path.join(tree, 'COPYING'), object };
}

function make(tree, args) {
  try {
    execFileSync('make', ['-s', '-C', 'src', ...MAKE_FLAGS, ...args], {
      cwd: tree,
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    throw new Stop(
      `redis-server did not compile:\n${String(error.stderr).split('\n').slice(-30).join('\n')}`,
    );
  }
}

/** Redis's own list of objects and archives, linked into one object instead of a program. */
function joinObjects(tree) {
  const allocator = usesJemalloc ? '../deps/jemalloc/lib/libjemalloc.a' : '';
  const name = 'redis-server.o';
  make(tree, [`REDIS_SERVER_NAME=${name}`, 'REDIS_LD=cc -r -nostdlib', `FINAL_LIBS=${allocator}`, name]);
  const object = path.join(tree, 'src', name);
  if (findProgram('strip')) execFileSync('strip', ['--strip-debug', object]);
  return object;
}

/** An installed redis-server of the same line: good enough to develop with, never shipped. */
function systemRedis() {
  const file = findProgram('redis-server');
  const version = file && versionOf(file);
  return version?.startsWith('7.0.') ? { file, version } : null;
}

function versionOf(file) {
  return /v=(\S+)/.exec(tryRun(file, ['--version'], { timeout: 5_000 }) ?? '')?.[1] ?? null;
}

function install(binary, licence, record) {
  const version = versionOf(binary);
  if (!version) throw new Stop(`${binary} does not run on this machine`);
  mkdirSync(engineDir, { recursive: true });
  const partial = `${redisServerPath}.${process.pid}.partial`;
  copyFileSync(binary, partial);
  chmodSync(partial, 0o755);
  renameSync(partial, redisServerPath);
  if (licence) copyFileSync(licence, path.join(engineDir, 'COPYING'));
  const full = { redisVersion: version, recipe: recipe(), patches: patchNames().length, ...record };
  writeFileSync(engineRecordPath, `${JSON.stringify(full, null, 2)}\n`);
  return full;
}

function fromCache() {
  if (isWindows) return null; // one file is not enough there
  const binary = provedInCache(builtName());
  const licence = cacheDirs()
    .map((dir) => exists(path.join(dir, `redis-${REDIS_VERSION}-COPYING`)))
    .find(Boolean);
  return binary && licence ? install(binary, licence, { shippable: true }) : null;
}

function keepBuilt({ binary, licence, object }, work) {
  keepInCache(licence, `redis-${REDIS_VERSION}-COPYING`);
  if (!provedInCache(builtName())) keepProved(binary, builtName(), work);
  if (object) keepProved(object, objectName(), work);
}

/** @returns what was built, inside `work`; null when the source of Redis cannot be had */
async function buildFromSource(work) {
  const archive = await upstreamArchive(work);
  if (!archive) return null;
  say(`building redis-server ${REDIS_VERSION} with ${patchNames().length} patches (about a minute)`);
  const built = compile(archive, work);
  if (!isWindows) keepBuilt(built, work);
  return built;
}

async function fromSource() {
  return inWorkFolder(async (work) => {
    const built = await buildFromSource(work);
    return built && install(built.binary, built.licence, { shippable: true });
  });
}

export async function inWorkFolder(use) {
  const work = mkdtempSync(path.join(os.tmpdir(), 'daybook-redis-'));
  try {
    return await use(work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * What the engine was linked from, in one file: from the cache, or compiled anew in `work`. Only on Linux.
 * @returns null when the source of Redis cannot be had
 */
export const engineObject = async (work) =>
  provedInCache(objectName()) ?? (await buildFromSource(work))?.object ?? null;

function fromSystem() {
  const found = systemRedis();
  if (!found) return null;
  say(
    `the source of Redis cannot be fetched; using the installed redis-server ${found.version}, for development only`,
  );
  return install(found.file, null, { shippable: false, patches: 0 });
}

async function build() {
  const record = fromCache() ?? (await fromSource()) ?? fromSystem();
  if (!record) {
    throw new Stop(
      `redis-server cannot be built: neither Debian's source package nor ${UPSTREAM_URL} can be reached. ` +
        `Put ${ARCHIVE} into ${localCacheDir} and try again.`,
    );
  }
  say(`redis-server ${record.redisVersion} (${record.patches} patches) is ready`);
}

export const ensureRedis = () => once('redis', redisIsCurrent, build);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runMain(ensureRedis);
