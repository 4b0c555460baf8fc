import { afterAll, it } from 'vitest';
import { writingFunctions } from '../crashes/breakingStore.ts';
import { expectLeftOut } from '../crashes/brokenOff.ts';
import { removeFolders } from '../support/engine.ts';

afterAll(removeFolders);

it('whatever writes, broken off at any of its writes, is left out at the next start', async () => {
  await expectLeftOut(writingFunctions());
});
