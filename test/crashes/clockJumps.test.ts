import { afterAll, it } from 'vitest';
import { removeFolders } from '../support/engine.ts';
import { faultWord, hasFaultEngine } from '../support/faultEngine.ts';
import { Random } from '../support/random.ts';
import { jumpClock } from './clockJumps.ts';

afterAll(removeFolders);

it.runIf(hasFaultEngine)(`nothing is lost when the clock jumps${faultWord}`, async () => {
  await jumpClock(7, new Random(7));
});
