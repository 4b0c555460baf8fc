import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { crc32 } from '../../electron/redis/appendOnly/crc32.ts';
import { lookAtLog, putBack, takeOff } from '../../electron/redis/appendOnly/log.ts';
import { bytesOf } from '../support/damagedFolders.ts';
import { enginePrograms, newFolder, removeFolders } from '../support/engine.ts';
import { canMount, fill, mountWord, newVolume, removeVolumes } from '../support/volumes.ts';
import { appendFrom } from '../../electron/durably.ts';

afterAll(removeFolders);
afterAll(removeVolumes);

const name = 'appendonly.aof.1.incr.aof';

/** A data folder whose engine's file has no sum. */
function folderWithout(text: string): string {
  const folder = newFolder();
  mkdirSync(path.join(folder, 'appendonlydir'));
  writeFileSync(path.join(folder, 'appendonlydir', 'appendonly.aof.manifest'), `file ${name} seq 1 type i\n`);
  writeFileSync(path.join(folder, 'appendonlydir', name), text);
  return folder;
}

const command = '*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\nb\r\n';

it('a file without sums is of an engine that writes none while it holds whole commands', async () => {
  const multi = '*1\r\n$5\r\nMULTI\r\n';
  const exec = '*1\r\n$4\r\nEXEC\r\n';
  for (const text of [command, `${command}${multi}${command}${exec}`])
    expect(await lookAtLog(folderWithout(text), enginePrograms.redisServer)).toEqual({ state: 'whole' });
  for (const text of [`${command}${multi}${command}`, `${command}${'\0'.repeat(40)}`, `${command}*3\r\n`])
    expect(await lookAtLog(folderWithout(text), enginePrograms.redisServer)).toMatchObject({ state: 'cut' });
});

it('a file without sums is a broken write of an engine that writes them, and left to another', async () => {
  const folder = folderWithout(command.slice(0, -1));
  const file = path.join(folder, 'appendonlydir', name);
  expect(await lookAtLog(folder, enginePrograms.redisServer)).toEqual({
    state: 'cut',
    cuts: [{ file, goodBytes: 0 }],
  });
  // Any program that is not our engine.
  expect(await lookAtLog(folder, enginePrograms.launcher)).toEqual({ state: 'whole' });
  expect(await lookAtLog(folderWithout(''), enginePrograms.redisServer)).toEqual({ state: 'whole' });
});

/** A command as the engine writes it, with the sum behind it. */
function summed(text: string): string {
  const sum = crc32(Buffer.from(text), 0).toString(16).padStart(8, '0');
  return `${text}#SUM:${sum}:${String(text.length).padStart(10, '0')}\r\n`;
}

/** Two files that the engine loads one after the other; the first one ends in the middle of a command. */
function tornInTheFirstOfTwo(): { folder: string; files: [string, string]; good: number } {
  const folder = newFolder();
  const log = path.join(folder, 'appendonlydir');
  const names = ['appendonly.aof.1.incr.aof', 'appendonly.aof.2.incr.aof'] as const;
  const good = summed(command);
  mkdirSync(log);
  writeFileSync(path.join(log, names[0]), `${good}${command.slice(0, -4)}`);
  writeFileSync(path.join(log, names[1]), summed(command));
  const lines = names.map((each, at) => `file ${each} seq ${String(at + 1)} type i\n`);
  writeFileSync(path.join(log, 'appendonly.aof.manifest'), lines.join(''));
  return { folder, files: [path.join(log, names[0]), path.join(log, names[1])], good: good.length };
}

it('what is damaged is taken off and put back to the byte, with all files behind it', async () => {
  const { folder, files, good } = tornInTheFirstOfTwo();
  const before = bytesOf(path.join(folder, 'appendonlydir'));
  const log = await lookAtLog(folder, enginePrograms.redisServer);
  if (log.state !== 'cut') throw new Error('nothing is damaged');
  const taken = await takeOff(log.cuts, path.join(folder, 'kept', 'now'));
  expect(taken.map(({ file, from }) => [file, from])).toEqual([[files[0], good], [files[1], 0]]); // prettier-ignore
  expect(await lookAtLog(folder, enginePrograms.redisServer)).toEqual({ state: 'whole' });
  await putBack(taken);
  expect(bytesOf(path.join(folder, 'appendonlydir'))).toEqual(before);
});

it('a file behind a hole never looks whole, wherever taking off is cut off', async () => {
  for (const stuck of [0, 1]) {
    const { folder, files, good } = tornInTheFirstOfTwo();
    const before = bytesOf(path.join(folder, 'appendonlydir'));
    const log = await lookAtLog(folder, enginePrograms.redisServer);
    if (log.state !== 'cut') throw new Error('nothing is damaged');
    // What is taken off this file can be kept nowhere.
    const kept = path.join(folder, 'kept', 'now');
    mkdirSync(path.join(kept, `${path.basename(files[stuck]!)}.from-${String(stuck ? 0 : good)}`), {
      recursive: true,
    });
    await expect(takeOff(log.cuts, kept)).rejects.toThrow();
    expect(await lookAtLog(folder, enginePrograms.redisServer)).toMatchObject({ state: 'cut' });
    expect(bytesOf(path.join(folder, 'appendonlydir'))).toEqual(before);
  }
});

it.skipIf(!canMount)(
  `what cannot be kept for want of room is not taken off, and nothing half copied stays${mountWord}`,
  async () => {
    const volume = newVolume(4);
    const file = path.join(volume, name);
    const bytes = Buffer.alloc(600_000, 'good bad ');
    writeFileSync(file, bytes);
    fill(volume, 0.2);
    const kept = path.join(volume, 'kept', 'now');
    await expect(takeOff([{ file, goodBytes: 1_000 }], kept)).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(readdirSync(kept)).toEqual([]);
    const copy = path.join(volume, 'copy');
    await expect(appendFrom(file, 0, copy, 'ax')).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(existsSync(copy)).toBe(false);
  },
);
