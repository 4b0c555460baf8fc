import { afterAll, it } from 'vitest';
import { removeFolders } from '../support/engine.ts';
import { meetings, startTwice } from '../crashes/doubleStarts.ts';

afterAll(removeFolders);

it.runIf(process.platform === 'linux').each(meetings)(
  'there are never two engines on one folder, 100 times: %s',
  async (kind) => {
    await startTwice(kind, kind === 'live orphan' ? 34 : 33);
  },
);
