import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';

/** Where the program's own parts lie, in a checkout and in a package. */
export interface ProgramPaths {
  readonly launcher: string;
  readonly redisServer: string;
  readonly lua: string;
  readonly preload: string;
  readonly renderer: string;
  /** The bundled main process itself. */
  readonly main: string;
  /** The thread that reads files to import. */
  readonly importReader: string;
  /** The process that looks into the updates folder. */
  readonly lookout: string;
}

/**
 * @param bundle folder of the bundled main process (`out/main`), also inside an archive
 * @param resources folder of the files outside the archive: the package's resources, or null in a checkout
 */
export function programPaths(bundle: string, resources: string | null): ProgramPaths {
  const out = path.dirname(bundle);
  const root = path.dirname(out);
  const engine = path.join(
    resources ?? path.join(root, 'resources'),
    'redis',
    `${process.platform}-${process.arch}`,
  );
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    launcher: path.join(engine, `daybook-launcher${suffix}`),
    redisServer: path.join(engine, `redis-server${suffix}`),
    lua: path.join(resources ?? root, 'lua'),
    preload: path.join(out, 'preload', 'preload.cjs'),
    renderer: path.join(out, 'renderer'),
    main: path.join(bundle, 'main.cjs'),
    importReader: path.join(bundle, 'reader.worker.cjs'),
    lookout: path.join(bundle, 'lookout.worker.cjs'),
  };
}

const shortDigest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/**
 * Settings, log and Chromium's profile of one office. The usual office uses the program's folder itself; another one
 * gets a folder inside it, so that each office can be open once at the same time as others.
 */
export function profileFolder(userData: string, office: string | null): string {
  return office === null ? userData : path.join(userData, 'offices', shortDigest(path.resolve(office)));
}

/** Where a generated demo office is kept between runs; it can be deleted at any time. DAYBOOK_CACHE moves it. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const given = env['DAYBOOK_CACHE'];
  if (given) return given;
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches', 'Daybook');
  if (process.platform === 'win32') return path.join(env['LOCALAPPDATA'] ?? os.tmpdir(), 'Daybook', 'Cache');
  return path.join(env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'daybook');
}
