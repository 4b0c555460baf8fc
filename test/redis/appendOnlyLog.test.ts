import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { lookAtLog } from '../../electron/redis/appendOnly/log.ts';
import { enginePrograms, newFolder, removeFolders } from '../support/engine.ts';

afterAll(removeFolders);

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
