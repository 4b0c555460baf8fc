import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launch as launchAsTheAppDoes } from '../../electron/redis/launcher.ts';
import { projectRoot } from '../support/projectRoot.ts';
import { canMount, fill, mountWord, newVolume, removeVolumes } from '../support/volumes.ts';
import { ask, sleep, startLauncher, workersIn, type Launcher } from './startLauncher.ts';
import { makeWine, missing, windowsPath, type Wine } from './wine.ts';

const EXIT_USAGE = 64;
const EXIT_SYSTEM = 71;
const EXIT_LOCKED = 75;
const ENDED_BY_US = 128 + 9;

/** No deadline for the launcher: only for a test that would otherwise never end. */
const patienceMs = 20_000;
const word = missing ? ` (skipped: without ${missing})` : '';

const source = path.join(projectRoot, 'resources', 'launcher', 'daybook-launcher-windows.c');
const standInSource = path.join(import.meta.dirname, 'engineStandIn.c');

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + patienceMs; !(await isSo()); await sleep(20)) {
    if (Date.now() > deadline) throw new Error(`not within ${patienceMs} ms: ${what}`);
  }
}

/** Whether it starts redis, or else how it ends. */
const outcomeOf = (launcher: Launcher): Promise<number | string> =>
  launcher.next('started').then(
    () => 'started',
    () => launcher.ended,
  );

/**
 * The launcher for Windows, as it runs under Wine, with a program in the place of redis. Files and programs have names
 * with spaces and letters of several languages all along.
 */
describe.skipIf(missing)(`the engine launcher for Windows, under Wine${word}`, () => {
  let wine: Wine;
  let program = '';
  let standIn = '';
  let dir = '';
  const launchers: Launcher[] = [];

  const file = (name: string) => path.join(dir, name);
  const log = () => (existsSync(file('engine.log')) ? readFileSync(file('engine.log'), 'utf8') : '');
  const note = () => readFileSync(file('lock'), 'utf8');
  const launch = (config: string | null = 'port 0\n.\n', by = program, redis = standIn, folder = dir) => {
    const launcher = startLauncher(windowsPath(folder), config, windowsPath(redis), by);
    launchers.push(launcher);
    return launcher;
  };

  /** Answers the port of the program in redis's place. */
  const untilReady = async (linesBefore = ''): Promise<number> => {
    const said = () => /^listens on (\d+)\r?$/m.exec(log().slice(linesBefore.length))?.[1];
    await until('the stand-in listens', () => said() !== undefined);
    const port = Number(said());
    expect(await ask(port, 'PING')).toBe('+PONG');
    return port;
  };
  const launchReady = async (by = program) => {
    const before = log();
    const launcher = launch(undefined, by);
    const { pid } = await launcher.next('started');
    return { launcher, redisPid: pid, port: await untilReady(before) };
  };
  const untilNobodyWorksHere = () => until('everything has ended', () => workersIn(dir).length === 0);

  beforeAll(async () => {
    wine = await makeWine();
    program = wine.script(await wine.build(source, 'Täglich Ж/daybook-launcher.exe', '-municode'));
    standIn = await wine.build(standInSource, 'Täglich Ж/redis-server.exe', '-lws2_32');
  });
  beforeEach(() => {
    dir = mkdtempSync(path.join(wine.folder, 'Büro № 1 '));
  });
  afterEach(async () => {
    for (const { process: child, ended } of launchers.splice(0)) {
      child.kill('SIGKILL');
      await ended;
    }
    for (const pid of workersIn(dir)) process.kill(pid, 'SIGKILL');
    removeVolumes();
    rmSync(dir, { recursive: true, force: true });
  });
  afterAll(() => wine?.remove());

  test('gives redis its configuration, its folder and bytewise order, and nothing else', async () => {
    const secret = 'f3d1c0a9e8b7';
    const filler = `# ${'x'.repeat(97)}\n`.repeat(1_000); // more than a pipe holds
    const launcher = launch(`port 0\nrequirepass ${secret}\n${filler}# ü\n.\n`);
    await launcher.next('started');
    await untilReady();
    const lines = log().split(/\r?\n/);
    expect(lines).toContain(`folder: ${windowsPath(dir)}`);
    expect(lines).toContain('command line: redis-server -');
    expect(lines).toContain('environment: LC_ALL=C');
    expect(lines.filter((line) => line.includes(secret))).toEqual([`requirepass ${secret}`]);
    const bytes = Buffer.byteLength(`port 0\nrequirepass ${secret}\n${filler}# ü\n`);
    expect(lines).toContain(`configuration: ${bytes} bytes`);
    expect(lines.slice(lines.indexOf('# ü'))).toEqual(['# ü', expect.stringMatching(/^listens on/), '']);
    expect(note()).not.toContain(secret);
  });

  test('lets redis have what is meant for it, and none of its own pipes', async () => {
    await launchReady();
    const inherited = [...log().matchAll(/^inherited: (.+?)\r?$/gm)].map(([, what]) => what).sort();
    expect(inherited).toEqual(['engine.log', 'lock', 'pipe']);
  });

  test('holds the folder before it reads the configuration, and forgets who held it before', async () => {
    writeFileSync(file('lock'), 'launcher 4000001 redis 4000002\n');
    const first = launch(null);
    await first.next('holding');
    const second = launch();
    expect(await second.ended).toBe(EXIT_LOCKED);
    expect(second.events).toEqual([{ event: 'locked', pid: 0, launcherPid: 0 }]);
    expect(existsSync(file('engine.log'))).toBe(false);
    first.process.stdin!.write('port 0\n.\n');
    await first.next('started');
    expect(first.events.map(({ event }) => event)).toEqual(['holding', 'started']);
  });

  test('refuses a folder that another launcher holds, and says who holds it', async () => {
    const { launcher, redisPid, port } = await launchReady();
    const [, launcherPid, notedPid] = /^launcher (\d+) redis (\d+)\n$/.exec(note())!;
    expect(Number(notedPid)).toBe(redisPid);
    const second = launch();
    expect(await second.ended).toBe(EXIT_LOCKED);
    expect(second.events).toEqual([{ event: 'locked', pid: redisPid, launcherPid: Number(launcherPid) }]);
    expect(await ask(port, 'PING')).toBe('+PONG');
    await ask(port, 'SHUTDOWN');
    expect(await launcher.ended).toBe(0);
    expect(note()).toBe('');
  });

  test('lets exactly one of ten simultaneous starts through', async () => {
    const ten = Array.from({ length: 10 }, () => launch());
    const outcomes = await Promise.all(ten.map(outcomeOf));
    expect(outcomes.filter((how) => how === 'started')).toHaveLength(1);
    expect(outcomes.filter((how) => how === EXIT_LOCKED)).toHaveLength(9);
  });

  test('ends with a redis that was asked to end, in good order', async () => {
    const { launcher, port } = await launchReady();
    await ask(port, 'SHUTDOWN');
    launcher.process.stdin!.end();
    expect(await launcher.ended).toBe(0);
    expect(launcher.events.at(-1)).toEqual({ event: 'exited', code: 0, signal: 0 });
    expect(log()).toContain('ready to exit, bye bye');
    await untilNobodyWorksHere();
  });

  test('says what the app understands', async () => {
    const launcher = launchAsTheAppDoes(program, windowsPath(dir), windowsPath(standIn));
    expect(await launcher.holding).toBe(true);
    launcher.start('port 0\n');
    expect(await launcher.firstWord).toEqual({ event: 'started', pid: expect.any(Number) });
    await ask(await untilReady(), 'SHUTDOWN');
    launcher.release();
    expect(await launcher.ended).toBe('exit code 0, signal 0');
  });

  test('ends a redis that nobody asked to end when the app closes its side', async () => {
    const launcher = launch('deaf\n.\n');
    await launcher.next('started');
    launcher.process.stdin!.end();
    expect(await launcher.ended).toBe(ENDED_BY_US);
    expect(launcher.events.at(-1)).toEqual({ event: 'exited', code: 0, signal: 9 });
    expect(note()).toBe('');
    await untilNobodyWorksHere();
  });

  test.each([1, 3, 255, 0xc0000005])(
    'passes on exit code %i of a redis that ends by itself',
    async (code) => {
      const launcher = launch(`exit ${code}\n.\n`);
      expect(await launcher.ended).toBe(code % 256); // outside Wine a program's code is one byte
      expect(launcher.events.at(-1)).toEqual({ event: 'exited', code, signal: 0 });
      expect(note()).toBe('');
    },
  );

  test('leaves nothing behind when it is killed, and lets the next one in', async () => {
    const { launcher, port } = await launchReady();
    await ask(port, 'FORK');
    await until('redis has a process of its own', () => workersIn(dir).length >= 2);
    launcher.process.kill('SIGKILL');
    expect(await launcher.ended).toBe('SIGKILL');
    await untilNobodyWorksHere();
    expect(await ask(port, 'PING')).toBe(null);
    await launchReady();
  });

  test('leaves nothing behind when redis ends and a process of its own does not', async () => {
    const { launcher, port } = await launchReady();
    await ask(port, 'FORK');
    await until('redis has a process of its own', () => workersIn(dir).length >= 2);
    await ask(port, 'EXIT 7');
    expect(await launcher.ended).toBe(7);
    await untilNobodyWorksHere();
  });

  test('leaves no redis behind when it is killed right after the start', async () => {
    for (let round = 0; round < 5; round += 1) {
      const launcher = launch();
      await launcher.next('started');
      launcher.process.kill('SIGKILL');
      await launcher.ended;
      await untilNobodyWorksHere();
    }
  });

  test('holds the lock as long as redis lives, even without the launcher', async () => {
    // The system takes a moment to end what is in the job of a program that was killed. Here it takes for ever.
    const text = readFileSync(source, 'utf8');
    const slow = path.join(wine.folder, 'slow.c');
    writeFileSync(slow, text.replace('LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE', 'LimitFlags = 0'));
    expect(readFileSync(slow, 'utf8')).not.toBe(text);
    const outlived = wine.script(await wine.build(slow, 'slow.exe', '-municode'));

    const { launcher, redisPid, port } = await launchReady(outlived);
    launcher.process.kill('SIGKILL');
    await launcher.ended;
    const second = launch();
    expect(await outcomeOf(second)).toBe(EXIT_LOCKED);
    expect(second.events).toEqual([{ event: 'locked', pid: redisPid, launcherPid: expect.any(Number) }]);
    await ask(port, 'SHUTDOWN');
    await untilNobodyWorksHere();
    await launchReady();
  });

  test('starts a new engine.log when the old one has grown large', async () => {
    writeFileSync(file('engine.log'), 'old\n');
    writeFileSync(file('engine.log.1'), 'older\n');
    const { launcher, port } = await launchReady();
    await ask(port, 'SHUTDOWN');
    await launcher.ended;
    expect(log()).toMatch(/^old\n/);
    truncateSync(file('engine.log'), 6 << 20);
    await launch().next('started');
    expect(statSync(file('engine.log.1')).size).toBe(6 << 20);
    await untilReady();
    expect(statSync(file('engine.log')).size).toBeLessThan(100_000);
  });

  test.skipIf(!canMount)(`does without its note on a full disk${mountWord}`, async () => {
    const folder = file('voll');
    mkdirSync(folder);
    newVolume(1, folder);
    fill(folder);
    const launcher = launch(undefined, undefined, undefined, folder);
    await launcher.next('started');
    expect(readFileSync(path.join(folder, 'lock'), 'utf8')).toBe('');
    const second = launch(undefined, undefined, undefined, folder);
    expect(await second.ended).toBe(EXIT_LOCKED);
    expect(second.events).toEqual([{ event: 'locked', pid: 0, launcherPid: 0 }]);
    launcher.process.stdin!.end();
    expect(await launcher.ended).toBe(ENDED_BY_US);
  });

  test.each<[string, () => Launcher, number, string]>([
    ['a configuration without its dot', () => launch('port 0\n'), EXIT_USAGE, 'dot'],
    ['a configuration that never ends', () => launch('#'.repeat(1 << 20)), EXIT_USAGE, 'too long'],
    [
      'a redis-server that is not there',
      () => launch('.\n', program, path.join(dir, 'redis-server.exe')),
      EXIT_SYSTEM,
      'cannot run redis-server',
    ],
    [
      'a redis-server that is no program',
      () => launch('.\n', program, dir),
      EXIT_SYSTEM,
      'cannot run redis-server',
    ],
    [
      'a data folder that is not there',
      () => launch(null, program, standIn, path.join(dir, 'nowhere')),
      EXIT_SYSTEM,
      'data folder',
    ],
  ])('says what is wrong with %s', async (_what, begin, exitCode, reason) => {
    const launcher = begin();
    if (exitCode === EXIT_USAGE) launcher.process.stdin!.end();
    expect(await launcher.ended).toBe(exitCode);
    expect(launcher.events.filter(({ event }) => event !== 'holding')).toEqual([
      { event: 'failed', reason: expect.stringContaining(reason) },
    ]);
    expect(log()).toBe('');
    expect(workersIn(dir)).toEqual([]);
  });

  test.each([0, 1, 3])('says how it is used when it gets %i arguments', (count) => {
    const { status, stdout } = spawnSync(program, Array<string>(count).fill('x'), { encoding: 'utf8' });
    expect(status).toBe(EXIT_USAGE);
    expect(JSON.parse(stdout)).toEqual({ event: 'failed', reason: expect.stringContaining('usage') });
  });
});
