import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeFolders } from '../support/engine.ts';
import type { DamageKind } from '../support/damagedFolders.ts';
import { changesInSilence, killedOffice, tryDamage, type KilledOffice } from '../support/damageTrials.ts';
import { Random } from '../support/random.ts';

const seed = Number(process.env['DAYBOOK_SEED'] ?? 500);
const kinds: readonly (readonly [DamageKind, number])[] = [
  ['cut', 200],
  ['flip in tail', 100],
  ['flip in base', 100],
  ['zeros behind', 50],
  ['hole', 50],
];

let office: KilledOffice;
beforeAll(async () => {
  office = await killedOffice(200, 200);
});
afterAll(removeFolders);

it('500 damaged data folders open whole or say what is lost, and nothing changes in silence', async () => {
  for (const [kind, times] of kinds) {
    const random = new Random(seed + times);
    let told = 0;
    let lost = 0;
    for (let at = 0; at < times; at += 1) {
      const outcome = await tryDamage(office, kind, random);
      expect(outcome.wrongs, JSON.stringify(outcome)).toEqual([]);
      if (outcome.came === 'told') told += 1;
      lost += outcome.lost ?? 0;
    }
    console.log(
      `${kind}: ${String(times)} folders, ${String(told)} told, ${String(lost)} actions told as lost, all of them right`,
    );
  }
});

it('without looking at the sums, some of the same damage goes unnoticed', async () => {
  const random = new Random(seed);
  let changed = 0;
  for (let at = 0; at < 40; at += 1) if (await changesInSilence(office, 'flip in tail', random)) changed += 1;
  console.log(`without the sums ${String(changed)} of 40 flips changed something in silence`);
  expect(changed).toBeGreaterThan(0);
});
