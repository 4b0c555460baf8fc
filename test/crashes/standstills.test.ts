import { afterAll, it } from 'vitest';
import { removeFolders } from '../support/engine.ts';
import { Random } from '../support/random.ts';
import { standing, standStill } from './standstills.ts';

afterAll(removeFolders);

it.each(standing)('nothing is lost when the %s stands still for a while', async (who) => {
  await standStill(who, 1, [1_500, 1_500], new Random(7));
});
