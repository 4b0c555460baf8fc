import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../electron/redis/engine.ts';
import { endOrphan } from '../../electron/redis/orphan.ts';
import { engineOptions, enginePrograms, isRunning, newFolder, removeFolders } from '../support/engine.ts';

afterAll(removeFolders);

/** The number of a process that is over. */
const overPid = (): number => spawnSync(process.execPath, ['--version']).pid;

/** As after a start of the system: numbers in the note are those of others by now. */
describe.skipIf(process.platform === 'win32')('A note that names the redis of another office', () => {
  it('does not end it, while a launcher that looks at the files for long holds the folder', async () => {
    const other = await startEngine(engineOptions(path.join(newFolder(), 'data')));
    const data = path.join(newFolder(), 'data');
    mkdirSync(data);
    const holder = spawn(enginePrograms.launcher, [data, enginePrograms.redisServer]);
    try {
      await once(holder.stdout, 'data'); // it holds the folder, and waits for its configuration
      writeFileSync(path.join(data, 'lock'), `launcher ${String(overPid())} redis ${String(other.pid)}\n`);
      await expect(startEngine({ ...engineOptions(data), lockPatienceMs: 1_500 })).rejects.toMatchObject({
        reason: 'locked',
      });
      expect(isRunning(other.pid)).toBe(true);
    } finally {
      holder.kill('SIGKILL');
      await other.stop();
    }
  });

  it('ends it in its own folder only, whatever way leads there', async () => {
    const data = path.join(newFolder(), 'data');
    const engine = await startEngine(engineOptions(data));
    const note = { pid: engine.pid, launcherPid: overPid() };
    expect(await endOrphan(note, path.dirname(data))).toBe(false);
    expect(await endOrphan(note, path.join(data, 'nowhere'))).toBe(false);
    expect(isRunning(engine.pid)).toBe(true);
    expect(await endOrphan(note, path.join(data, '..', 'data'))).toBe(true);
    await engine.ended;
  });
});
