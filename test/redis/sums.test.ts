import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { lookAtLog } from '../../electron/redis/appendOnly/log.ts';
import { withEngine } from '../crashes/aftermath.ts';
import { unpackLayout } from '../office/upgrade/layouts.ts';
import { enginePrograms, newFolder, removeFolders } from '../support/engine.ts';

afterEach(removeFolders);

/** An office whose engine wrote no sums, in which one that does has gone on. */
async function goneOn(): Promise<{ data: string; file: string; before: number }> {
  const folder = newFolder();
  unpackLayout(2, folder);
  const data = path.join(folder, 'data');
  const name = readdirSync(path.join(data, 'appendonlydir')).find((each) => each.endsWith('.incr.aof'))!;
  const file = path.join(data, 'appendonlydir', name);
  const before = statSync(file).size;
  await withEngine(folder, async (redis) => {
    await redis.set('{ins:1}:one', 'a text');
    await redis.set('{ins:1}:two', '#SUM:0a1b2c3d:0000000012\r\n');
  });
  await withEngine(folder, (redis) => redis.set('{ins:1}:three', 'a text'));
  return { data, file, before };
}

it('sums that begin in the middle of a file are of what follows', async () => {
  const { data, file, before } = await goneOn();
  expect(statSync(file).size).toBeGreaterThan(before);
  expect(await lookAtLog(data, enginePrograms.redisServer)).toEqual({ state: 'whole' });
});

it('a bit that is another behind them is found, and what stands before stays', async () => {
  const { data, file, before } = await goneOn();
  const bytes = readFileSync(file);
  bytes[bytes.length - 40]! ^= 4;
  writeFileSync(file, bytes);
  const log = await lookAtLog(data, enginePrograms.redisServer);
  expect(log).toMatchObject({ state: 'cut', cuts: [{ file }] });
  expect(log.state === 'cut' && log.cuts[0]!.goodBytes).toBeGreaterThan(before);
});
