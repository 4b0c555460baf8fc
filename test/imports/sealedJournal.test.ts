import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { entryOf, importFile, undoImport } from '../crashes/imports.ts';
import { newBackend, newOffice, until } from '../support/backend.ts';
import { newFolder, removeFolders } from '../support/engine.ts';
import { plainRules } from './plainMapping.ts';

afterAll(removeFolders);

it('an import that changes more meetings than the store keeps entries of the journal can be taken back', async () => {
  const backend = newBackend({ sealing: { inStore: 20, perSegment: 10 } });
  await newOffice(backend);
  const file = path.join(newFolder(), 'meetings.csv');
  const run = async (title: string): Promise<number> => {
    const rows = Array.from({ length: 60 }, (_, n) => `X${String(n)},Acme,${title},2026-11-21\n`);
    writeFileSync(file, `id,client,title,date\n${rows.join('')}`);
    const columns = ['externalId', 'client', 'title', 'start'] as const;
    const { importId, state } = await importFile(backend, file, { ...plainRules, columns: [...columns] });
    expect(state).toBe('done');
    return entryOf(backend, importId);
  };
  const titled = async (text: string): Promise<number> => {
    const { total }: { total: number } = await backend.ask(1, 'meetings.filter', { text, limit: 0 });
    return total;
  };
  await run('Lunch');
  const entry = await run('Dinner');
  expect([await titled('lunch'), await titled('dinner')]).toEqual([0, 60]);
  const kept = async (): Promise<number> => {
    const { first, last } = (await backend.office.store().call('journal_head', {})) as Record<string, number>;
    return last! - first! + 1;
  };
  await until(async () => (await kept()) <= 20);
  await undoImport(backend, entry);
  expect([await titled('lunch'), await titled('dinner')]).toEqual([60, 0]);
  await backend.close();
}, 60_000);
