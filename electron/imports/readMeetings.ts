import type { Mapping } from '../contract/imports.ts';
import { FileTrouble } from './file/fileTrouble.ts';
import { startKey } from '../calendar/startKey.ts';
import { meetingOfRow, quoted, type RowMeeting, type RowPlan } from './cells/meetingOfRow.ts';
import { openTable } from './file/openTable.ts';
import type { FileRow } from './file/rowCutter.ts';
import { keyHash, NumberByKey } from './matching/keyHash.ts';
import { rowPlan } from './mapping/rowPlan.ts';
import { stagedClient, stagedOwner } from './store/staged.ts';
import type { StagedClient, StagedMeeting, StagedOwner } from './store/staged.ts';
import { detached } from '../text/detached.ts';
import { fold } from '../text/fold.ts';

/** A meeting whose client and owner are told by their number: the n-th new name of all batches, counting from 0. */
export interface NumberedMeeting extends StagedMeeting {
  /** Of the file, counting from 1. */
  readonly line: number;
  /** See `RowMeeting`. */
  readonly told: number;
  readonly externalId: string | null;
  readonly client: number;
  /** Null when the row names no owner. */
  readonly owner: number | null;
}

/** A row that cannot become a meeting. */
export interface RefusedRow {
  readonly line: number;
  /** One sentence. */
  readonly reason: string;
}

/** What some rows of the file came to. */
export interface Batch {
  /** Names that occur for the first time; they carry on the numbers of earlier batches. */
  readonly clients: readonly StagedClient[];
  readonly owners: readonly StagedOwner[];
  readonly meetings: readonly NumberedMeeting[];
  readonly refused: readonly RefusedRow[];
  readonly rows: number;
  /** Share of the file read so far, 0 to 1. */
  readonly share: number;
}

export interface ReadRequest {
  readonly path: string;
  readonly mapping: Mapping;
  /** The office's zone. */
  readonly zone: string;
}

/** Rows of the first batch, which shows soon that something happens, and of later ones, which cost less a row. */
const firstBatch = 1_024;
const largestBatch = 16_384; // the store takes 65,536; a row of several clients may add a hundred
/** A batch of long texts ends earlier, so that memory stays bounded; UTF-16 units. */
const mostText = 16_000_000;

/**
 * Reads a file into batches ready for the store. The next batch is read only when it is asked for.
 * @throws FileTrouble when the file cannot be read, does not fit the mapping, or is not the same at the end
 */
export async function* readMeetings({ path, mapping, zone }: ReadRequest): AsyncGenerator<Batch> {
  const table = await openTable(path, mapping.sheet);
  try {
    if (table.headers.length !== mapping.columns.length) {
      throw new FileTrouble('The file no longer has the columns that were mapped');
    }
    const collector = new BatchCollector(rowPlan(table.headers, mapping, zone));
    for await (const { rows, bytesRead } of table.rows()) {
      for (const row of rows) {
        collector.add(row);
        if (collector.isFull) yield collector.take(bytesRead / table.size);
      }
      await table.assertUnchanged();
    }
    yield collector.take(1);
  } finally {
    await table.close();
  }
}

class BatchCollector {
  readonly #plan: RowPlan;
  readonly #clientNumbers = new Map<string, number>();
  readonly #ownerNumbers = new Map<string, number>();
  readonly #linesById = new NumberByKey();
  #clients: StagedClient[] = [];
  #owners: StagedOwner[] = [];
  #meetings: NumberedMeeting[] = [];
  #refused: RefusedRow[] = [];
  #rows = 0;
  #size = firstBatch;
  #text = 0;

  constructor(plan: RowPlan) {
    this.#plan = plan;
  }

  get isFull(): boolean {
    return this.#meetings.length + this.#refused.length >= this.#size || this.#text > mostText;
  }

  add(row: FileRow): void {
    const read = meetingOfRow(row, this.#plan);
    this.#rows += 1;
    if (typeof read === 'string') {
      this.#refused.push({ line: row.line, reason: read });
      return;
    }
    const repeated = this.#repeatedId(read, row.line);
    if (repeated !== null) {
      this.#refused.push({ line: row.line, reason: repeated });
      return;
    }
    for (const meeting of read) {
      this.#text += meeting.title.length + meeting.details.length;
      this.#meetings.push(this.#numbered(meeting, row.line));
    }
  }

  take(share: number): Batch {
    const batch = {
      clients: this.#clients,
      owners: this.#owners,
      meetings: this.#meetings,
      refused: this.#refused,
      rows: this.#rows,
      share,
    };
    this.#clients = [];
    this.#owners = [];
    this.#meetings = [];
    this.#refused = [];
    this.#rows = 0;
    this.#text = 0;
    this.#size = Math.min(largestBatch, this.#size * 2);
    return batch;
  }

  /** @returns why the row is refused when an earlier one has an id of one of its meetings, else null */
  #repeatedId(meetings: readonly RowMeeting[], line: number): string | null {
    if (meetings[0]!.externalId === null) return null;
    const keys = meetings.map(({ externalId }) => keyHash(externalId!));
    for (const [at, key] of keys.entries()) {
      const earlier = this.#linesById.get(key);
      if (earlier === undefined) continue;
      return `The id ${quoted(meetings[at]!.externalId!)} stands in line ${String(earlier)} already.`;
    }
    for (const key of keys) this.#linesById.set(key, line);
    return null;
  }

  /** Field by field: copying what an object has takes several times as long. */
  #numbered(meeting: RowMeeting, line: number): NumberedMeeting {
    const { title, start, owner } = meeting;
    return {
      title,
      details: meeting.details,
      type: meeting.type,
      status: meeting.status,
      priority: meeting.priority,
      tags: meeting.tags,
      start,
      durationMinutes: meeting.durationMinutes,
      externalId: meeting.externalId,
      titleKey: fold(title),
      startKey: startKey(start, this.#plan.zone),
      line,
      told: meeting.told,
      client: this.#numberOfClient(meeting.client, meeting.clientInFull),
      owner: owner === null ? null : this.#numberOfOwner(owner),
    };
  }

  /** Names that differ only in case and accents mean the same client; the first spelling stays. */
  #numberOfClient(name: string, inFull: string): number {
    return numberOf(this.#clientNumbers, fold(name), () =>
      this.#clients.push(
        stagedClient({ name: detached(name), kind: 'company', city: '', ownerId: null, notes: inFull }),
      ),
    );
  }

  #numberOfOwner(name: string): number {
    return numberOf(this.#ownerNumbers, fold(name), () => this.#owners.push(stagedOwner(detached(name))));
  }
}

function numberOf(numbers: Map<string, number>, key: string, whenNew: () => void): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  whenNew();
  numbers.set(detached(key), numbers.size);
  return numbers.size - 1;
}
