import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ask,
  configuration,
  isRunning,
  makeDataFolder,
  startLauncher,
  untilGone,
  untilReady,
  type Launcher,
} from './startLauncher.ts';

const EXIT_USAGE = 64;
const EXIT_SYSTEM = 71;
const EXIT_LOCKED = 75;

describe.skipIf(process.platform === 'win32')('the engine launcher', () => {
  let folder: ReturnType<typeof makeDataFolder>;
  const launchers: Launcher[] = [];

  const launch = (config: string | null = configuration(folder.socket), redis?: string) => {
    const launcher = startLauncher(folder.dir, config, redis);
    launchers.push(launcher);
    return launcher;
  };

  const launchReady = async () => {
    const launcher = launch();
    const { pid } = await launcher.next('started');
    await untilReady(folder.socket);
    return { launcher, redisPid: pid! };
  };

  beforeEach(() => {
    folder = makeDataFolder();
  });

  afterEach(async () => {
    for (const { process: child, ended } of launchers.splice(0)) {
      child.stdin?.end();
      await ended;
    }
    folder.remove();
  });

  test('starts redis with the configuration from its stdin', async () => {
    await launchReady();
    expect(await ask(folder.socket, 'PING')).toBe('+PONG');
  });

  test('holds nothing of the program that starts it', async () => {
    const launcher = startLauncher(folder.dir, configuration(folder.socket), undefined, undefined, ['pipe']);
    launchers.push(launcher);
    const inherited = launcher.process.stdio[3] as Readable;
    const isLetGo = new Promise((resolve) => inherited.resume().once('end', resolve));
    await launcher.next('started');
    await untilReady(folder.socket);
    // Both ends of it are known here and there only: it ends when nobody over there holds it any more.
    await isLetGo;
    expect(await ask(folder.socket, 'PING')).toBe('+PONG');
  });

  test('refuses a folder that another launcher holds, and says who holds it', async () => {
    const { launcher, redisPid } = await launchReady();
    const second = launch();
    expect(await second.ended).toBe(EXIT_LOCKED);
    expect(second.events).toEqual([{ event: 'locked', pid: redisPid, launcherPid: launcher.process.pid }]);
    expect(await ask(folder.socket, 'PING')).toBe('+PONG');
  });

  test('forgets who held the folder before it looks at anything', async () => {
    writeFileSync(path.join(folder.dir, 'lock'), 'launcher 4000001 redis 4000002\n');
    const first = launch(null);
    await first.next('holding');
    const second = launch();
    expect(await second.ended).toBe(EXIT_LOCKED);
    expect(second.events).toEqual([{ event: 'locked', pid: 0, launcherPid: 0 }]);
  });

  test('lets exactly one of ten simultaneous starts through', async () => {
    const ten = Array.from({ length: 10 }, () => launch());
    const refused = await Promise.all(
      ten.map((each) =>
        Promise.race([
          each.ended,
          each.next('started').then(
            () => 'started',
            () => each.ended,
          ),
        ]),
      ),
    );
    expect(refused.filter((how) => how === 'started')).toHaveLength(1);
    expect(refused.filter((how) => how === EXIT_LOCKED)).toHaveLength(9);
  });

  test('ends redis in good order when the app closes its end', async () => {
    const { launcher, redisPid } = await launchReady();
    launcher.process.stdin!.end();
    expect(await launcher.ended).toBe(0);
    expect(launcher.events.at(-1)).toEqual({ event: 'exited', code: 0, signal: 0 });
    expect(isRunning(redisPid)).toBe(false);
    expect(readFileSync(path.join(folder.dir, 'engine.log'), 'utf8')).toContain('ready to exit, bye bye');
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('takes %s for the same wish', async (signal) => {
    const { launcher, redisPid } = await launchReady();
    launcher.process.kill(signal);
    expect(await launcher.ended).toBe(0);
    expect(isRunning(redisPid)).toBe(false);
  });

  test('leaves no redis behind when it is killed itself', async () => {
    const { launcher, redisPid } = await launchReady();
    launcher.process.kill('SIGKILL');
    expect(await launcher.ended).toBe('SIGKILL');
    expect(await untilGone(redisPid, 2_000)).toBe(true);
  });

  test('leaves no redis behind when it is killed right after the start', async () => {
    for (let round = 0; round < 10; round++) {
      const launcher = launch();
      const { pid } = await launcher.next('started');
      launcher.process.kill('SIGKILL');
      await launcher.ended;
      expect(await untilGone(pid!, 2_000)).toBe(true);
    }
  });

  test('keeps what was saved, and frees the lock, after the app ended or the launcher was killed', async () => {
    for (const end of [
      (launcher: Launcher) => launcher.process.stdin!.end(),
      (launcher: Launcher) => launcher.process.kill('SIGKILL'),
    ]) {
      const { launcher, redisPid } = await launchReady();
      expect(await ask(folder.socket, 'INCR saved')).toMatch(/^:/);
      end(launcher);
      await launcher.ended;
      expect(await untilGone(redisPid, 2_000)).toBe(true);
    }
    await launchReady();
    expect(await ask(folder.socket, 'GET saved')).toBe('$1');
    expect(await ask(folder.socket, 'INCR saved')).toBe(':3');
  });

  test('holds the lock as long as redis lives, even without the launcher', async () => {
    const { launcher, redisPid } = await launchReady();
    process.kill(redisPid, 'SIGSTOP'); // a redis that cannot end now
    launcher.process.kill('SIGKILL');
    await launcher.ended;
    const second = launch();
    expect(await second.ended).toBe(EXIT_LOCKED);
    expect(second.events[0]?.pid).toBe(redisPid);
    process.kill(redisPid, 'SIGCONT');
    expect(await untilGone(redisPid, 2_000)).toBe(true);
    await launchReady();
  });

  test('locks the file that is there now when the old one was removed', async () => {
    const { launcher } = await launchReady();
    launcher.process.stdin!.end();
    await launcher.ended;
    rmSync(path.join(folder.dir, 'lock'));
    await launchReady();
    const second = launch();
    expect(await second.ended).toBe(EXIT_LOCKED);
  });

  test('tells with which signal redis was killed', async () => {
    const { launcher, redisPid } = await launchReady();
    process.kill(redisPid, 'SIGKILL');
    expect(await launcher.ended).toBe(128 + 9);
    expect(launcher.events.at(-1)).toEqual({ event: 'exited', code: 0, signal: 9 });
  });

  test('passes on the exit code of a redis that refuses its configuration', async () => {
    const launcher = launch('no-such-setting 1\n.\n');
    expect(await launcher.ended).toBe(1);
    expect(launcher.events.at(-1)).toEqual({ event: 'exited', code: 1, signal: 0 });
    expect(readFileSync(path.join(folder.dir, 'engine.log'), 'utf8')).toContain('no-such-setting');
  });

  test('kills a redis that does not listen to SIGTERM, ten seconds later', async () => {
    const { launcher, redisPid } = await launchReady();
    process.kill(redisPid, 'SIGSTOP');
    const askedAt = Date.now();
    launcher.process.stdin!.end();
    expect(await launcher.ended).toBe(128 + 9);
    expect(Date.now() - askedAt).toBeGreaterThan(8_000);
  });

  test('never shows the configuration in the list of processes', async () => {
    const secret = 'f3d1c0a9e8b7';
    const launcher = launch(configuration(folder.socket, `requirepass ${secret}`));
    const { pid } = await launcher.next('started');
    for (const each of [pid, launcher.process.pid]) {
      if (!existsSync(`/proc/${each}`)) continue;
      expect(readFileSync(`/proc/${each}/cmdline`, 'utf8')).not.toContain(secret);
      expect(readFileSync(`/proc/${each}/environ`, 'utf8')).not.toContain(secret);
    }
    expect(readFileSync(path.join(folder.dir, 'lock'), 'utf8')).not.toContain(secret);
  });

  test('lets nobody else read what it and redis write', async () => {
    await launchReady();
    await ask(folder.socket, 'SET a 1');
    for (const file of ['lock', 'engine.log', 'appendonlydir', 'appendonlydir/appendonly.aof.1.incr.aof']) {
      expect(statSync(path.join(folder.dir, file)).mode & 0o077, file).toBe(0);
    }
  });

  test('starts a new engine.log when the old one has grown large', async () => {
    const log = path.join(folder.dir, 'engine.log');
    writeFileSync(log, '');
    truncateSync(log, 6 << 20);
    await launchReady();
    expect(statSync(`${log}.1`).size).toBe(6 << 20);
    expect(statSync(log).size).toBeLessThan(100_000);
  });

  test('compares texts bytewise inside Lua', async () => {
    await launchReady();
    // In most languages "a" sorts before "B"; bytewise it is the other way round.
    expect(await ask(folder.socket, `EVAL "return ('B' < 'a') and 1 or 0" 0`)).toBe(':1');
  });

  test.each([
    ['a configuration without its dot', () => launch('port 0\n').process.stdin!.end(), EXIT_USAGE],
    ['a redis-server that is not there', () => launch('.\n', '/nonexistent/redis-server'), EXIT_SYSTEM],
    ['a redis-server that is no program', () => launch('.\n', path.join(folder.dir, '..')), EXIT_SYSTEM],
  ])('says what is wrong with %s', async (_what, begin, exitCode) => {
    begin();
    const launcher = launchers[0]!;
    expect(await launcher.ended).toBe(exitCode);
    expect(launcher.events.filter(({ event }) => event !== 'holding')).toEqual([
      { event: 'failed', reason: expect.stringMatching(/\w+ \w+/) },
    ]);
    expect(existsSync(folder.socket)).toBe(false);
  });

  test('says what is wrong with a data folder that is not there', async () => {
    const launcher = startLauncher(path.join(folder.dir, 'nowhere'), null);
    expect(await launcher.ended).toBe(EXIT_SYSTEM);
    expect(launcher.events[0]?.reason).toContain('data folder');
  });
});
