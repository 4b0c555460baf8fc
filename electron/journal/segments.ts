import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { replaceFile, syncFolderNow } from '../durably.ts';

/** A journal entry as the store keeps it; only its number matters here. */
export const rawEntry = z.looseObject({ entry: z.int() });
export type RawEntry = z.infer<typeof rawEntry>;

/**
 * A sealed run of entries: `<first>-<last>.jsonl`, one entry a line, and beside it the seal. A file without a seal is
 * an attempt that was cut short and counts for nothing.
 */
export interface Segment {
  readonly first: number;
  readonly last: number;
  readonly folder: string;
}

const seal = z.strictObject({
  format: z.literal(1),
  first: z.int(),
  last: z.int(),
  /** SHA-256 of the file's bytes, hexadecimal. */
  sha256: z.string(),
  /** SHA-256 of the bytes of the seal before, or empty for the first: no segment can be changed or taken out alone. */
  previous: z.string(),
});
type Seal = z.infer<typeof seal>;

/** A sealed segment is not what it was when it was sealed. */
export class TamperedSegment extends Error {
  readonly file: string;

  constructor(file: string, what: string) {
    super(`journal segment ${what}: ${file}`);
    this.file = file;
  }
}

/** Where an office keeps the sealed parts of its journal. */
export const journalFolder = (officeFolder: string): string => path.join(officeFolder, 'journal');

const sha256 = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex');
/** Ten digits, so that names sort as numbers do. */
const nameOf = (first: number, last: number): string =>
  [first, last].map((n) => String(n).padStart(10, '0')).join('-');
/** Its entries; the seal lies beside it. */
export const fileOf = (segment: Segment): string =>
  path.join(segment.folder, `${nameOf(segment.first, segment.last)}.jsonl`);
const sealFile = (segment: Segment): string =>
  path.join(segment.folder, `${nameOf(segment.first, segment.last)}.seal`);

/** Names in a folder; none when it does not exist yet. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Sealed segments of a folder, oldest first. */
export function listSegments(folder: string): Segment[] {
  return namesIn(folder)
    .flatMap((name) => {
      const [, first, last] = /^(\d+)-(\d+)\.seal$/.exec(name) ?? [];
      return first === undefined ? [] : [{ first: Number(first), last: Number(last), folder }];
    })
    .sort((one, other) => one.first - other.first);
}

function readOrRefuse(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new TamperedSegment(file, 'is missing');
  }
}

/** What tells a segment from every other. @throws TamperedSegment when there is no seal any more */
export const sealOf = (segment: Segment): string => readOrRefuse(sealFile(segment)).toString();

function readSeal(segment: Segment): Seal {
  const file = sealFile(segment);
  let json: unknown;
  try {
    json = JSON.parse(sealOf(segment));
  } catch (error) {
    throw error instanceof TamperedSegment ? error : new TamperedSegment(file, 'has a broken seal');
  }
  const read = seal.safeParse(json);
  if (!read.success || read.data.first !== segment.first || read.data.last !== segment.last) {
    throw new TamperedSegment(file, 'has a broken seal');
  }
  return read.data;
}

/**
 * Writes the next segment and seals it.
 * @param entries in order, without gaps, continuing after the last sealed segment
 * @throws when it cannot be written; nothing counts then
 */
export function writeSegment(folder: string, entries: readonly RawEntry[]): Segment {
  const [first, last] = [entries[0], entries.at(-1)];
  if (!first || !last) throw new Error('a segment needs entries');
  const before = listSegments(folder).at(-1);
  if (before && first.entry !== before.last + 1)
    throw new Error(
      `entry ${String(first.entry)} does not follow segment ${nameOf(before.first, before.last)}`,
    );
  const segment: Segment = { first: first.entry, last: last.entry, folder };
  const content = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  replaceFile(fileOf(segment), content);
  const sealed: Seal = {
    format: 1,
    first: segment.first,
    last: segment.last,
    sha256: sha256(content),
    previous: before ? sha256(readOrRefuse(sealFile(before))) : '',
  };
  replaceFile(sealFile(segment), `${JSON.stringify(sealed)}\n`);
  return segment;
}

/** @throws TamperedSegment when the file is not the one that was sealed */
export function readSegment(segment: Segment): RawEntry[] {
  const file = fileOf(segment);
  const content = readOrRefuse(file);
  if (sha256(content) !== readSeal(segment).sha256) throw new TamperedSegment(file, 'was changed');
  const lines = content
    .toString()
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => rawEntry.parse(JSON.parse(line)));
}

/**
 * Goes through all segments from the first.
 * @throws TamperedSegment at the first one that was changed, or where one is missing
 */
export async function verifyChain(folder: string): Promise<void> {
  let previous = '';
  let expected: number | null = null;
  for (const segment of listSegments(folder)) {
    if (expected !== null && segment.first !== expected)
      throw new TamperedSegment(sealFile(segment), 'does not follow the one before');
    const { previous: told, sha256: digest } = readSeal(segment);
    if (told !== previous) throw new TamperedSegment(sealFile(segment), 'is not chained to the one before');
    const file = fileOf(segment);
    const content = await readFile(file).catch(() => {
      throw new TamperedSegment(file, 'is missing');
    });
    if (sha256(content) !== digest) throw new TamperedSegment(file, 'was changed');
    previous = sha256(sealOf(segment));
    expected = segment.last + 1;
  }
}

/** The same for whoever goes on all the same. @returns what is wrong; null when the chain holds */
export async function chainTrouble(folder: string): Promise<string | null> {
  try {
    await verifyChain(folder);
    return null;
  } catch (error) {
    if (error instanceof TamperedSegment) return error.message;
    throw error;
  }
}

/** What a crash left half-written. */
export function removeLeftovers(folder: string): void {
  const sealed = new Set(listSegments(folder).map((segment) => fileOf(segment)));
  for (const name of namesIn(folder)) {
    const file = path.join(folder, name);
    const isUnsealed = name.endsWith('.jsonl') && !sealed.has(file);
    if (isUnsealed || name.endsWith('.tmp')) rmSync(file, { force: true });
  }
}

/**
 * Moves segments that hold entries behind `last` out of the way, latest first, so that the chain holds wherever it is cut
 * off. They are of a history that the store lost: it will give their numbers out again.
 * @param asideFolder made when there is anything to move
 * @returns how many there were
 * @throws as the system does; what was moved until then stays moved
 */
export function setAsideBehind(folder: string, last: number, asideFolder: string): number {
  const ahead = listSegments(folder).filter((segment) => segment.last > last);
  if (ahead.length === 0) return 0;
  mkdirSync(asideFolder, { recursive: true, mode: 0o700 });
  for (const segment of ahead.reverse()) {
    // The seal goes last: without it the entries would count as half written, and be removed.
    for (const file of [fileOf(segment), sealFile(segment)])
      if (existsSync(file)) renameSync(file, path.join(asideFolder, path.basename(file)));
    syncFolderNow(asideFolder);
    syncFolderNow(folder);
  }
  return ahead.length;
}

/**
 * The last entry that was ever sealed, and when it was made.
 * @returns null where nothing was; `at` is null when nobody can tell
 */
export function lastSealed(folder: string): { entry: number; at: string | null } | null {
  const newest = listSegments(folder).at(-1);
  if (!newest) return null;
  try {
    const at = z.iso.datetime().safeParse(readSegment(newest).at(-1)?.['at']);
    return { entry: newest.last, at: at.success ? at.data : null };
  } catch (error) {
    if (!(error instanceof TamperedSegment)) throw error;
    return { entry: newest.last, at: null };
  }
}
