import type { Mapping } from '../../electron/contract/imports.ts';
import { openTable } from '../../electron/imports/file/openTable.ts';
import type { TableFormat } from '../../electron/imports/file/table.ts';
import type { FileRow } from '../../electron/imports/file/rowCutter.ts';
import { inspectFile } from '../../electron/imports/inspectFile.ts';
import { readMeetings, type NumberedMeeting, type RefusedRow } from '../../electron/imports/readMeetings.ts';

/** A file's headers and rows, however long. */
export async function readTable(
  path: string,
  sheet: string | null = null,
): Promise<{ format: TableFormat; headers: readonly string[]; rows: FileRow[] }> {
  const table = await openTable(path, sheet);
  const rows: FileRow[] = [];
  try {
    for await (const piece of table.rows()) rows.push(...piece.rows);
  } finally {
    await table.close();
  }
  return { format: table.format, headers: table.headers, rows };
}

export interface ReadFile {
  meetings: (Omit<NumberedMeeting, 'client' | 'owner'> & { client: string; owner: string | null })[];
  clients: string[];
  owners: string[];
  refused: RefusedRow[];
}

/** What a file comes to, with names in place of numbers. Without a mapping the guess is used. */
export async function readAll(path: string, mapping?: Mapping, zone = 'Europe/Brussels'): Promise<ReadFile> {
  const used = mapping ?? (await inspectFile(path, '2026-11-21')).guess;
  const read: ReadFile = { meetings: [], clients: [], owners: [], refused: [] };
  for await (const batch of readMeetings({ path, mapping: used, zone })) {
    read.clients.push(...batch.clients.map(({ name }) => name));
    read.owners.push(...batch.owners.map(({ displayName }) => displayName));
    read.refused.push(...batch.refused);
    for (const { client, owner, ...meeting } of batch.meetings) {
      read.meetings.push({
        ...meeting,
        client: read.clients[client] ?? '',
        owner: owner === null ? null : (read.owners[owner] ?? ''),
      });
    }
  }
  return read;
}
