import { afterAll, it } from 'vitest';
import { removeFolders } from '../support/engine.ts';
import { Random } from '../support/random.ts';
import { standing, standStill } from '../crashes/standstills.ts';

afterAll(removeFolders);

it.each(standing)('nothing is lost when the %s stands still for a while', async (who) => {
  await standStill(who, 20, [500, 6_000], new Random(7));
});
