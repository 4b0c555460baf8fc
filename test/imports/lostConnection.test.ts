import { afterAll, beforeAll, expect, it } from 'vitest';
import { Failure } from '../../electron/contract/failure.ts';
import { contract } from '../../electron/contract/index.ts';
import { meetingsHandlers } from '../../electron/handlers/meetings.ts';
import type { Store } from '../../electron/redis/store.ts';
import { startStore, type TestStore } from '../support/startStore.ts';
import { Importing } from './importing.ts';
import { temporaryFiles } from './temporaryFile.ts';

const file = temporaryFiles();
let server: TestStore;
beforeAll(async () => {
  server = await startStore();
});
afterAll(() => server.stop());

/** The real store, behind a connection that breaks off when it is to answer one of the calls, and stays broken. */
function breakingOff(store: Store, at: string): Store {
  let isBroken = false;
  const lost = (): Failure => new Failure('UNKNOWN_OUTCOME', 'connection');
  return {
    writeRecords: (...records) => (isBroken ? Promise.reject(lost()) : store.writeRecords(...records)),
    readRecords: (rows) => (isBroken ? Promise.reject(lost()) : store.readRecords(rows)),
    async call(name, ...request) {
      if (isBroken) throw lost();
      const reply = await store.call(name, ...request);
      isBroken = name === at;
      if (isBroken) throw lost();
      return reply;
    },
  };
}

/** Imports two rows over a connection that breaks off. @returns what the import says, and how many meetings there are */
async function importOver(at: string): Promise<{ state: string; message: string; total: number }> {
  const office = await server.newOffice();
  const admin = office.as(office.administrator);
  const importing = new Importing();
  const path = file('client,title,date\nAcme,Lunch,21/11/2026\nBolt,Call,22/11/2026\n');
  const importId = await importing.start(path, { ...admin, store: breakingOff(admin.store, at) });
  const { state, message } = await importing.over(importId);
  const { total } = await meetingsHandlers.filter(contract.meetings.filter.input.parse({}), admin);
  return { state, message, total };
}

it('an import whose connection breaks off says what is known of it', async () => {
  const [before, within] = await Promise.all([importOver('imports_columns'), importOver('imports_commit')]);
  expect(before).toEqual({
    state: 'failed',
    message: 'The data could not be reached any more, and nothing of the file came in.',
    total: 0,
  });
  expect(within).toEqual({
    state: 'failed',
    message:
      'The data could not be reached any more, and it is not certain whether the meetings came in. Import the file again: what is in already does not come twice.',
    total: 2,
  });
});
