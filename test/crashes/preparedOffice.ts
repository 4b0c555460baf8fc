import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { plantedFile } from '../imports/planted/file.ts';
import { newBackend, newOffice, type TestBackend } from '../support/backend.ts';
import { newFolder } from '../support/engine.ts';
import { importFile } from './imports.ts';

/** An adviser who sees some of the clients, those of the file among them. */
export const adviser = { userName: 'bob', displayName: 'Bob Some', password: 'quiet harbour' };

/** @param add ids of the clients the adviser sees */
export async function addAdviser(backend: TestBackend, add: readonly string[]): Promise<void> {
  const { password, ...names } = adviser;
  const fields = { ...names, role: 'adviser', seesAllClients: false, active: true };
  const { user }: { user: { id: string } } = await backend.ask(1, 'users.create', {
    writeId: crypto.randomUUID(),
    fields,
    password,
  });
  await backend.ask(1, 'users.assignClients', { writeId: crypto.randomUUID(), id: user.id, add, remove: [] });
}

/** An office with meetings in it, not open, and a file to be imported into copies of it. */
export interface PreparedOffice {
  readonly file: string;
  /** Meetings that are there before. */
  readonly before: number;
  /** Meetings that the file brings. */
  readonly coming: number;
  /** @returns the folder of a fresh copy */
  copy(): string;
}

/** @param plan known: rows of the file that fills the office; rows: of the file to be imported */
export async function prepareOffice(plan: {
  readonly seed: number;
  readonly known: number;
  readonly rows: number;
}): Promise<PreparedOffice> {
  const { seed, known, rows } = plan;
  const backend = newBackend();
  const folder = await newOffice(backend);
  const folderOfFiles = newFolder();
  const write = (name: string, count: number, from: number): { file: string; meetings: number } => {
    const { bytes, rows: planted } = plantedFile({
      seed: from,
      rows: count,
      faulty: 0,
      clients: [],
      owners: [],
    });
    const file = path.join(folderOfFiles, name);
    writeFileSync(file, bytes);
    return {
      file,
      meetings: planted.reduce((sum, row) => sum + ('meetings' in row ? row.meetings.length : 0), 0),
    };
  };
  const first = write('first.csv', known, seed);
  await importFile(backend, first.file);
  const { rows: clients }: { rows: { id: string }[] } = await backend.ask(1, 'clients.list', { limit: 8 });
  await addAdviser(
    backend,
    clients.map(({ id }) => id),
  );
  const { total }: { total: number } = await backend.ask(1, 'meetings.filter', { limit: 0 });
  await backend.close();
  const coming = write('meetings.csv', rows, seed + 1);
  return {
    file: coming.file,
    before: total,
    coming: coming.meetings,
    copy() {
      const copied = newFolder();
      cpSync(folder, copied, { recursive: true });
      return copied;
    },
  };
}
