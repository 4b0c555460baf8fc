import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contract } from '../../electron/contract/index.ts';
import { journalHandlers } from '../../electron/handlers/journal.ts';
import type { OfficeFields } from '../../electron/contract/office.ts';
import { officeFacts } from '../../electron/office/officeFacts.ts';
import { daily, nextWriteId } from '../support/office.ts';
import { startStore, type TestStore } from '../support/startStore.ts';

const journal = journalHandlers({ older: () => Promise.resolve([]) });
let server: TestStore;
let office: TestStore;

beforeAll(async () => {
  server = await startStore();
});
afterAll(() => server.stop());
beforeEach(async () => {
  office = await server.newOffice();
});

const admin = () => office.as(office.administrator);
const update = async (
  fields: OfficeFields,
  version: number,
  { actor = office.administrator, writeId = nextWriteId() } = {},
) =>
  contract.office.update.output.parse(
    await office.store.call('office_update', { actor, writeId, version, fields }),
  );
const facts = async () => {
  const { name, colour, version } = await officeFacts(office.store, '');
  return { name, colour, version };
};
const entries = async () => (await journal.list({ limit: 5 }, admin())).entries;

describe('the name and the colour of the office', () => {
  it('are changed with a journal entry that says what they were', async () => {
    const before = await facts();
    expect(before).toMatchObject({ colour: 'blue', version: 1 });
    const { entry, office: changed } = await update({ name: 'Kanzlei Süd', colour: 'teal' }, 1);
    expect(changed).toEqual({ name: 'Kanzlei Süd', colour: 'teal', version: 2 });
    expect(await facts()).toEqual(changed);
    expect((await entries())[0]).toMatchObject({
      entry,
      action: 'update',
      noun: 'office',
      label: 'Kanzlei Süd',
      before,
      after: changed,
    });
  });

  it('come back when the change is taken back, as a version of their own', async () => {
    const before = await facts();
    const { entry } = await update({ name: 'Other', colour: 'red' }, 1);
    await journal.undo({ writeId: nextWriteId(), entry }, admin());
    expect(await facts()).toEqual({ ...before, version: 3 });
    const [latest, changed] = await entries();
    expect(latest).toMatchObject({ action: 'undo', noun: 'office' });
    expect(changed).toMatchObject({ entry, undoneBy: latest?.entry });
  });

  it('stay when somebody changed them meanwhile', async () => {
    const { entry } = await update({ name: 'First', colour: 'red' }, 1);
    await expect(update({ name: 'Late', colour: 'grey' }, 1)).rejects.toMatchObject({ code: 'CONFLICT' });
    await update({ name: 'Second', colour: 'green' }, 2);
    await expect(journal.undo({ writeId: nextWriteId(), entry }, admin())).rejects.toMatchObject({
      code: 'CONFLICT',
      detail: 'version',
    });
    expect(await facts()).toEqual({ name: 'Second', colour: 'green', version: 3 });
  });

  it('are changed once when the write is repeated', async () => {
    const writeId = nextWriteId();
    const first = await update({ name: 'Once', colour: 'violet' }, 1, { writeId });
    expect(await update({ name: 'Once', colour: 'violet' }, 1, { writeId })).toEqual(first);
    expect(await facts()).toMatchObject({ version: 2 });
  });

  it('are for administrators alone, taking back too', async () => {
    const { entry } = await update({ name: 'By the administrator', colour: 'red' }, 1);
    const manager = await daily(office).user('Max', 'manager');
    await expect(update({ name: 'Mine', colour: 'red' }, 2, { actor: manager.id })).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    });
    await expect(
      journal.undo({ writeId: nextWriteId(), entry }, office.as(manager.id)),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await facts()).toMatchObject({ name: 'By the administrator', version: 2 });
  });

  it('have values of their own in an office made before they were kept', async () => {
    const keys = await office.redis.keys('*:office');
    for (const key of keys) await office.redis.hdel(key, 'colour', 'version');
    expect(await facts()).toMatchObject({ colour: 'blue', version: 1 });
    await update({ name: 'Renamed', colour: 'brown' }, 1);
    expect(await facts()).toEqual({ name: 'Renamed', colour: 'brown', version: 2 });
  });
});
