import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAcknowledged } from '../../electron/office/acknowledged.ts';
import { openStore, type OpenStore } from '../../electron/office/openStore.ts';
import { halfDoneKey } from '../../electron/redis/call.ts';
import { connect } from '../../electron/redis/connection.ts';
import { bytesOf, copyFolder, damage, tailOf, type DamageKind } from '../support/damagedFolders.ts';
import { engineOptions, luaFolder, newFolder, removeFolders } from '../support/engine.ts';
import { killedOffice, tryDamage, type KilledOffice } from '../support/damageTrials.ts';
import { Random } from '../support/random.ts';

describe('a damaged data folder', () => {
  let office: KilledOffice;
  beforeAll(async () => {
    office = await killedOffice(30, 30);
  });
  afterAll(removeFolders);

  it.each<[DamageKind, number]>([
    ['cut', 6],
    ['flip in tail', 6],
    ['flip in base', 3],
    ['zeros behind', 2],
    ['hole', 3],
    ['manifest', 3],
  ])('with %s opens whole, or says what is lost, and opens without it', async (kind, times) => {
    const random = new Random(kind.length);
    for (let at = 0; at < times; at += 1) {
      const outcome = await tryDamage(office, kind, random);
      expect(outcome.wrongs, JSON.stringify(outcome)).toEqual([]);
    }
  });

  /** A copy that ends a hundred bytes before its end, in the middle of a command. */
  const torn = (): string => {
    const data = copyFolder(office.dataFolder, newFolder());
    const tail = tailOf(data);
    truncateSync(tail, readFileSync(tail).length - 100);
    return data;
  };
  const open = (dataFolder: string): Promise<OpenStore> =>
    openStore({ ...engineOptions(dataFolder), luaFolder });
  const files = (data: string): Record<string, string> =>
    Object.fromEntries(
      Object.entries(bytesOf(path.join(data, 'appendonlydir'))).map(([name, bytes]) => [
        name,
        createHash('sha256').update(bytes).digest('hex'),
      ]),
    );
  const keptIn = (data: string): string[] => readdirSync(path.join(data, 'kept'));

  it('is left as it was, the list of its files too, when it does not open', async () => {
    const data = torn();
    damage(data, 'manifest', new Random(1));
    const before = files(data);
    await expect(open(data)).rejects.toMatchObject({
      reason: 'damaged',
      // Which actions are missing a list made from names cannot tell.
      damage: { lost: null, mayRepair: true },
    });
    expect(files(data)).toEqual(before);
    expect(keptIn(data)).toEqual([]);
  });

  it('is left as it was when a write that broke off was left out, and it does not open either', async () => {
    const data = copyFolder(office.dataFolder, newFolder());
    const { engine, close } = await open(data);
    const app = await connect(engine.endpoint, 'daybook');
    await app.set(halfDoneKey(1), 'broke off');
    app.disconnect();
    await close();
    // Something was lost besides.
    const mark = { ...readAcknowledged(data)!, entry: office.lastEntry + 3 };
    writeFileSync(path.join(data, 'acknowledged'), JSON.stringify(mark));
    writeFileSync(`${tailOf(data)}.mended`, 'left by a program that was ended');
    const before = files(data);
    await expect(open(data)).rejects.toMatchObject({ reason: 'damaged', damage: { lost: 3 } });
    expect({ ...before, ...files(data) }).toEqual(before);
    expect(Object.keys(files(data)).filter((name) => name.endsWith('.mended'))).toEqual([]);
    expect(keptIn(data)).toEqual([]);
  });
});
