import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ClientRow } from '../contract/clients.ts';
import type { ExportProgress } from '../contract/export.ts';
import type { Meeting } from '../contract/meetings.ts';
import { calendarText } from './calendar.ts';
import { cardOf } from './cards.ts';
import { fileName, UniqueNames } from './fileNames.ts';
import { JsonList } from './jsonList.ts';
import { clientHead, meetingPart } from './markdown.ts';
import type { MeetingSlice, OfficeReads } from './officeReads.ts';
import { readme, type ReadmeFacts } from './readme.ts';
import { clientTable, meetingTable, userTable, type Telling } from './tables.ts';
import { TextFile } from './textFile.ts';
import { momentIn } from './wallText.ts';

export interface ExportRequest {
  readonly reads: OfficeReads;
  readonly office: { readonly name: string; readonly zone: string };
  /** What of the office could not be read; null when all of it could. */
  readonly loss: ReadmeFacts['loss'];
  /** Display name of who makes it. */
  readonly by: string;
  readonly appVersion: string;
  /** The folder in which the new one is made. */
  readonly into: string;
  readonly withJournal: boolean;
  readonly at: Date;
  /** Asked before each slice. @throws what ends the export */
  readonly needGoOn: () => Promise<void>;
  readonly onProgress: (progress: ExportProgress) => void;
}

export interface Exported {
  readonly folder: string;
  readonly meetings: number;
  readonly clients: number;
  readonly users: number;
  readonly bytes: number;
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/** `Peeters & Partners 2026-11-21 10.30`; with a number behind it when there is one already. */
async function newFolderIn({ into, office: { name, zone }, at }: ExportRequest): Promise<string> {
  const moment = momentIn(at.toISOString(), zone).slice(0, 16).replace(':', '.');
  const wanted = `${fileName(name, 'Office')} ${moment}`;
  for (let number = 1; ; number += 1) {
    const folder = path.join(into, number === 1 ? wanted : `${wanted} (${String(number)})`);
    if (!(await isThere(folder)) && !(await isThere(`${folder}.partial`))) return folder;
  }
}

/**
 * Writes an office into a new folder, as files that are readable without the program. They are written into a folder whose
 * name ends in `.partial`, which gets its name when all is written; nothing stays of an export that fails.
 * @throws what reading or writing throws, and what `needGoOn` throws
 */
export async function exportOffice(request: ExportRequest): Promise<Exported> {
  const folder = await newFolderIn(request);
  const partial = `${folder}.partial`;
  await mkdir(partial, { mode: 0o700 });
  const writing = new Writing(request, partial);
  try {
    const counts = await writing.all();
    await rename(partial, folder);
    return { folder, ...counts };
  } catch (error) {
    await writing.abandon();
    // Where the drive is gone there is nothing to remove.
    await rm(partial, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
    throw error;
  }
}

/** One export, while it is written. */
class Writing {
  readonly #request: ExportRequest;
  readonly #folder: string;
  readonly #open = new Set<TextFile>();
  readonly #telling: Telling;
  readonly #names = new Map<string, string>();
  #bytes = 0;

  constructor(request: ExportRequest, folder: string) {
    this.#request = request;
    this.#folder = folder;
    const nameOf = (id: string): string => this.#names.get(id) ?? id;
    this.#telling = { zone: request.office.zone, nameOf };
  }

  async all(): Promise<Omit<Exported, 'folder'>> {
    const { office, loss, appVersion, at, by, withJournal } = this.#request;
    const users = await this.#users();
    const clients = await this.#clients();
    const meetings = await this.#meetings();
    if (withJournal) await this.#journal();
    const told = { office: office.name, zone: office.zone, loss, appVersion, at, by, withJournal };
    const about = await this.#file('README.txt');
    await about.write(readme({ ...told, meetings, clients, users }));
    await this.#finish(about);
    return { meetings, clients, users, bytes: this.#bytes };
  }

  async abandon(): Promise<void> {
    for (const file of this.#open) await file.abandon();
  }

  async #file(...name: string[]): Promise<TextFile> {
    const file = await TextFile.create(path.join(this.#folder, ...name));
    this.#open.add(file);
    return file;
  }

  async #finish(...files: TextFile[]): Promise<void> {
    for (const file of files) {
      this.#open.delete(file);
      await file.finish();
      this.#bytes += file.bytes;
    }
  }

  async #users(): Promise<number> {
    const { reads, needGoOn } = this.#request;
    const users = await reads.users();
    for (const { id, displayName } of users) this.#names.set(id, displayName);
    const csv = await this.#file('users.csv');
    await csv.write(userTable.head + userTable.rows(users, this.#telling));
    const json = await JsonList.begin(await this.#file('users.json'));
    for (const { deletedAt: _, ...user } of users) {
      await needGoOn();
      const clientIds = user.clients === 0 ? [] : await reads.clientsOf(user.id);
      await json.add({ ...user, clientIds });
    }
    await json.end();
    await this.#finish(csv, json.file);
    return users.length;
  }

  async #clients(): Promise<number> {
    await mkdir(path.join(this.#folder, 'clients'), { mode: 0o700 });
    const csv = await this.#file('clients.csv');
    const cards = await this.#file('clients.vcf');
    const json = await JsonList.begin(await this.#file('clients.json'));
    const names = new UniqueNames();
    await csv.write(clientTable.head);
    const count = await this.#eachClient(async (client) => {
      const { deletedAt: _, ...told } = client;
      await csv.write(clientTable.rows([client], this.#telling));
      await cards.write(cardOf(client));
      await json.add(told);
      await this.#dossier(client, `${names.take(fileName(client.name, 'Client'))}.md`);
    });
    await json.end();
    await this.#finish(csv, cards, json.file);
    return count;
  }

  /**
   * Goes through all clients by name. People may delete and rename clients meanwhile, which moves the places of others: each
   * slice begins within the one before, and nobody comes twice.
   */
  async #eachClient(visit: (client: ClientRow) => Promise<void>): Promise<number> {
    const { reads, onProgress } = this.#request;
    const seen = new Set<string>();
    for (let offset = 0; ;) {
      const { rows, total } = await reads.clients(offset);
      for (const client of rows) {
        if (seen.has(client.id)) continue;
        seen.add(client.id);
        await visit(client);
        onProgress({ part: 'clients', share: Math.min(1, seen.size / total) });
      }
      if (offset + rows.length >= total || rows.length === 0) return seen.size;
      offset += Math.max(1, rows.length - overlap);
    }
  }

  async #dossier(client: ClientRow, name: string): Promise<void> {
    const { reads } = this.#request;
    const file = await this.#file('clients', name);
    await file.write(clientHead(client, this.#telling));
    await this.#eachSlice(
      (cursor) => reads.meetingsOf(client.id, cursor),
      async (rows) => {
        for (const meeting of rows) await file.write(meetingPart(meeting, this.#telling));
      },
    );
    await this.#finish(file);
  }

  /** @returns how many there were */
  async #eachSlice(
    read: (cursor: string | null) => Promise<MeetingSlice>,
    visit: (rows: readonly Meeting[], share: number) => Promise<void>,
  ): Promise<number> {
    let count = 0;
    let cursor: string | null = null;
    do {
      await this.#request.needGoOn();
      const slice: MeetingSlice = await read(cursor);
      count += slice.rows.length;
      await visit(slice.rows, Math.min(1, count / Math.max(1, slice.total)));
      ({ cursor } = slice);
    } while (cursor !== null);
    return count;
  }

  async #meetings(): Promise<number> {
    const { reads, office, at, onProgress } = this.#request;
    const calendar = calendarText(office.name, office.zone, at);
    const csv = await this.#file('meetings.csv');
    const ics = await this.#file('meetings.ics');
    const json = await JsonList.begin(await this.#file('meetings.json'));
    await csv.write(meetingTable.head);
    await ics.write(calendar.head);
    const count = await this.#eachSlice(reads.meetings, async (rows, share) => {
      await csv.write(meetingTable.rows(rows, this.#telling));
      await ics.write(calendar.events(rows));
      for (const { deletedAt: _, ...meeting } of rows) await json.add(meeting);
      onProgress({ part: 'meetings', share });
    });
    await ics.write(calendar.end);
    await json.end();
    await this.#finish(csv, ics, json.file);
    return count;
  }

  async #journal(): Promise<void> {
    const { reads, needGoOn, onProgress } = this.#request;
    const file = await this.#file('journal.jsonl');
    let before: number | null = null;
    let latest = 0;
    do {
      await needGoOn();
      const { entries, before: next }: Awaited<ReturnType<OfficeReads['journal']>> =
        await reads.journal(before);
      for (const entry of entries) await file.write(`${JSON.stringify(entry)}\n`);
      latest ||= entries[0]?.entry ?? 0;
      onProgress({ part: 'journal', share: next === null ? 1 : 1 - next / Math.max(latest, next) });
      before = next;
    } while (before !== null);
    await this.#finish(file);
  }
}

/** So many clients may be deleted between two slices without one being passed over. */
const overlap = 10;
