import { afterAll, it } from 'vitest';
import { removeFolders } from '../support/engine.ts';
import { expectLeftOut } from './brokenOff.ts';

afterAll(removeFolders);

it('a write that breaks off at any of its writes is left out at the next start', async () => {
  await expectLeftOut(['office_update', 'clients_create']);
}, 240_000);
