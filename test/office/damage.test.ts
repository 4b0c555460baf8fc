import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeFolders } from '../support/engine.ts';
import type { DamageKind } from '../support/damagedFolders.ts';
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
});
