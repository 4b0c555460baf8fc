import { afterAll, it } from 'vitest';
import { crashUpgrades } from '../crashes/upgrading.ts';
import { removeFolders } from '../support/engine.ts';

const crashes = Number(process.env['DAYBOOK_KILLS'] ?? 200);

afterAll(removeFolders);

it('an office that is being brought up to date is whole when the program is killed meanwhile, 200 times', async () => {
  await crashUpgrades([1, 2], crashes);
});
