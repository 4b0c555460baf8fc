import { afterAll, it } from 'vitest';
import { removeFolders } from '../support/engine.ts';
import { crashUpgrades } from './upgrading.ts';

afterAll(removeFolders);

it('an office that is being brought up to date is whole when the program is killed meanwhile', async () => {
  await crashUpgrades([1, 2], 4);
}, 240_000);
