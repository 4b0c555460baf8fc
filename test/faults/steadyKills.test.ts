import { afterAll, it } from 'vitest';
import { expectToGoOn } from '../crashes/steadyKills.ts';
import { removeFolders } from '../support/engine.ts';
import { Random } from '../support/random.ts';

const minutes = Number(process.env['DAYBOOK_MINUTES'] ?? 10);

afterAll(removeFolders);

it('people go on saving for ten minutes while the engine is killed every 5 to 20 seconds', async () => {
  await expectToGoOn(minutes * 60_000, [5_000, 20_000], new Random(minutes));
});
