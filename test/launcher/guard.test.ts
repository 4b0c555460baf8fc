import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../support/projectRoot.ts';
import {
  ask,
  configuration,
  makeDataFolder,
  startLauncher,
  untilGone,
  untilReady,
  workersIn,
  type Launcher,
} from './startLauncher.ts';

const EXIT_SYSTEM = 71;
const canBuild = process.platform === 'linux' && spawnSync('cc', ['--version']).status === 0;
const word = canBuild ? '' : ' (skipped: no compiler here)';

/** macOS ends no process with its parent. The same is built here, so that it is tried out on Linux. */
describe.skipIf(!canBuild)(`the engine launcher where a guard watches over it${word}`, () => {
  const built = makeDataFolder();
  let folder: ReturnType<typeof makeDataFolder>;
  const launchers: Launcher[] = [];

  const build = (name: string, ...more: string[]): string => {
    const program = path.join(built.dir, name);
    const source = path.join(projectRoot, 'resources', 'launcher', 'daybook-launcher.c');
    execFileSync('cc', [
      '-O2',
      '-Wall',
      '-Werror',
      '-std=c11',
      '-DDAYBOOK_USE_GUARD',
      ...more,
      source,
      '-o',
      program,
    ]);
    return program;
  };
  const launch = (program: string): Launcher => {
    const launcher = startLauncher(folder.dir, configuration(folder.socket), undefined, program);
    launchers.push(launcher);
    return launcher;
  };

  let guarded = '';
  beforeAll(() => {
    guarded = build('guarded');
  });
  beforeEach(() => {
    folder = makeDataFolder();
  });
  afterEach(async () => {
    for (const { process: child, ended } of launchers.splice(0)) {
      child.stdin?.end();
      await ended;
    }
    for (const pid of workersIn(folder.dir)) process.kill(pid, 'SIGKILL');
    folder.remove();
  });
  afterAll(() => built.remove());

  test('leaves no redis behind when it is killed', async () => {
    const launcher = launch(guarded);
    const { pid } = await launcher.next('started');
    await untilReady(folder.socket);
    expect(await ask(folder.socket, 'INCR saved')).toBe(':1');
    launcher.process.kill('SIGKILL');
    expect(await launcher.ended).toBe('SIGKILL');
    expect(await untilGone(pid!, 5_000)).toBe(true);
    launch(guarded);
    await untilReady(folder.socket);
    expect(await ask(folder.socket, 'GET saved')).toBe('$1');
  });

  test('leaves no redis behind when it is killed right after the start', async () => {
    for (let round = 0; round < 10; round += 1) {
      const launcher = launch(guarded);
      const { pid } = await launcher.next('started');
      launcher.process.kill('SIGKILL');
      await launcher.ended;
      expect(await untilGone(pid!, 5_000)).toBe(true);
    }
  });

  test('ends a redis that hears nothing when it is killed', async () => {
    const launcher = launch(guarded);
    const { pid } = await launcher.next('started');
    await untilReady(folder.socket);
    process.kill(pid!, 'SIGSTOP');
    launcher.process.kill('SIGKILL');
    await launcher.ended;
    expect(await untilGone(pid!, 20_000)).toBe(true);
  });

  test('ends in good order, and its guard with it', async () => {
    const launcher = launch(guarded);
    await launcher.next('started');
    await untilReady(folder.socket);
    launcher.process.stdin!.end();
    expect(await launcher.ended).toBe(0);
    expect(launcher.events.at(-1)).toEqual({ event: 'exited', code: 0, signal: 0 });
    expect(workersIn(folder.dir)).toEqual([]);
  });

  test('starts nothing that it cannot guard, and says why', async () => {
    const source = path.join(import.meta.dirname, 'noSecondFork.c');
    const launcher = launch(build('unguarded', '-Wl,--wrap=fork', source));
    expect(await launcher.ended).toBe(EXIT_SYSTEM);
    expect(launcher.events.filter(({ event }) => event !== 'holding')).toEqual([
      { event: 'failed', reason: expect.stringContaining('cannot start the guard of redis-server') },
    ]);
    expect(workersIn(folder.dir)).toEqual([]);
  });
});
