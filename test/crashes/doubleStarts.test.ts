import { afterAll, it } from 'vitest';
import { removeFolders } from '../support/engine.ts';
import { meetings, startTwice } from './doubleStarts.ts';

afterAll(removeFolders);

it.runIf(process.platform === 'linux').each(meetings)(
  'there are never two engines on one folder: %s',
  async (kind) => {
    await startTwice(kind, 3);
  },
);
