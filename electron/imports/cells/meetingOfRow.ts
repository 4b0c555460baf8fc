import { z } from 'zod';
import { clientFields } from '../../contract/clients.ts';
import { importFields, type ImportField, type Mapping } from '../../contract/imports.ts';
import { inputProblem } from '../../contract/inputProblem.ts';
import { meetingFields, type MeetingFields } from '../../contract/meetings.ts';
import { userFields } from '../../contract/users.ts';
import { line, type Start } from '../../contract/values.ts';
import type { CellReaders } from './cellReaders.ts';
import { limits } from '../file/limits.ts';
import { oneLine, oneText } from './lists.ts';
import type { FileRow } from '../file/rowCutter.ts';
import { isPlainRow } from './plainRow.ts';
import { shorten } from './shorten.ts';
import { substitute } from '../file/utf8.ts';
import type { ChoiceField, ChoiceOf } from './vocabulary.ts';

/** A meeting as a row tells it: client and owner by name, everything else as the contract has it. */
export interface RowMeeting extends Omit<MeetingFields, 'clientId' | 'ownerId'> {
  readonly client: string;
  /** The client's name in full when it had to be shortened, else empty. */
  readonly clientInFull: string;
  /** Null when the row names none. */
  readonly owner: string | null;
  readonly externalId: string | null;
  /** Fields of which the row says something itself: bit n for the n-th of `importFields`. */
  readonly told: number;
}

/** A row that cannot become a meeting; the message is the sentence for the report. */
class RowTrouble extends Error {}

const externalIdLength = 200;

/** The contract judges rows as it judges what people type. Names take the place of ids, under the ids' names because the contract knows how people say those. */
const judge = meetingFields.extend({
  clientId: clientFields.shape.name,
  ownerId: userFields.shape.displayName.nullable(),
  externalId: line(externalIdLength).nullable(),
});

/** How the columns of one file are read; made once for all its rows. */
export interface RowPlan {
  readonly headers: readonly string[];
  readonly mapping: Mapping;
  /** The office's zone; times without an offset are read in it. */
  readonly zone: string;
  /** Indexes of the columns that feed each field. */
  readonly columns: Readonly<Record<ImportField, readonly number[]>>;
  readonly readers: CellReaders;
}

/**
 * Reads one row. Nothing a row says in a mapped column is dropped silently: it is taken, or the row is refused.
 * A title or client name that is too long is shortened, and stands in full at the head of the details. A row without a
 * title takes the first line of its details, else the word for its type.
 * @returns the meeting, or one for each client of the row, or the reason for refusing the row as one sentence
 */
export function meetingOfRow(row: FileRow, plan: RowPlan): RowMeeting[] | string {
  if (row.problem !== null) return row.problem;
  const bad = [...(row.badCells ?? [])].find(([column]) => (plan.mapping.columns[column] ?? null) !== null);
  if (bad) return bad[1];
  try {
    return read(row.cells, plan);
  } catch (error) {
    if (error instanceof RowTrouble) return error.message;
    throw error;
  }
}

function read(cells: readonly string[], plan: RowPlan): RowMeeting[] {
  refuseSurplus(cells, plan.headers.length);
  const names = plan.readers.clients(cellOf('client', cells, plan));
  if (names.length === 0) throw new RowTrouble('The row names no client.');
  if (names.length > mostClients) throw new RowTrouble('The row names more than 100 clients.');
  const told = toldBy(cells, plan);
  return names.map((name, at) => readFor(name, at, told, cells, plan));
}

function toldBy(cells: readonly string[], { mapping }: RowPlan): number {
  let told = 0;
  for (const [column, field] of mapping.columns.entries()) {
    if (field !== null && oneText(cells[column] ?? '') !== '') told |= bitOf[field];
  }
  return told;
}

const bitOf = Object.fromEntries(importFields.map((field, bit) => [field, 1 << bit])) as Record<
  ImportField,
  number
>;

/** The cell of a field that takes one column; empty when no column feeds it. */
const cellOf = (field: ImportField, cells: readonly string[], { columns }: RowPlan): string =>
  cells[columns[field][0] ?? -1] ?? '';

/** Whether a row says something of a field itself. */
export const tells = ({ told }: Pick<RowMeeting, 'told'>, field: ImportField): boolean =>
  (told & bitOf[field]) !== 0;

/** @param at which of the row's clients it is: their meetings need ids that differ */
function readFor(
  name: string,
  at: number,
  told: number,
  cells: readonly string[],
  plan: RowPlan,
): RowMeeting {
  const cell = (field: ImportField): string => cellOf(field, cells, plan);
  const client = nameOf('client', name, clientNameLength);
  const title = nameOf('title', oneLine(cell('title')), titleLength);
  const details = [title.inFull, client.inFull, detailsOf(cells, plan)]
    .filter((text) => text !== '')
    .join('\n\n');
  const type = choice('type', cell('type'), plan);
  const externalId = oneLine(cell('externalId'));
  const row = {
    clientId: client.text,
    ownerId: plan.readers.owner(cell('owner')) || null,
    title: title.text || shorten(details.split('\n', 1)[0] ?? '', titleLength) || titleOfType[type],
    details,
    type,
    status: choice('status', cell('status'), plan),
    priority: choice('priority', cell('priority'), plan),
    tags: tagsOf(cells, plan),
    start: startOf(cell('start'), plan),
    durationMinutes: durationOf(cell('durationMinutes'), plan),
    externalId: externalId === '' ? null : at === 0 ? externalId : `${externalId}/${String(at + 1)}`,
  };
  const judged = isPlainRow(row) ? { success: true as const, data: row } : judge.safeParse(row);
  if (!judged.success)
    throw new RowTrouble(`${inputProblem(title.text === '' ? ofTheDetails(judged.error) : judged.error)}.`);
  const { data } = judged;
  // Field by field: copying what an object has takes several times as long.
  return {
    title: data.title,
    details: data.details,
    type: data.type,
    status: data.status,
    priority: data.priority,
    tags: data.tags,
    start: data.start,
    durationMinutes: data.durationMinutes,
    externalId: data.externalId,
    client: data.clientId,
    clientInFull: client.inFull,
    owner: data.ownerId,
    told,
  };
}

function tagsOf(cells: readonly string[], { columns, readers }: RowPlan): string[] {
  const [first, ...others] = columns.tags;
  const tags = first === undefined ? [] : readers.tags(cells[first] ?? '');
  if (others.length === 0) return tags as string[];
  return [...tags, ...others.flatMap((column) => readers.tags(cells[column] ?? ''))];
}

/** What is wrong with a title taken from the details is wrong with these: the cell of the title is empty. */
function ofTheDetails(error: z.ZodError): z.ZodError {
  const issues = error.issues.filter(({ path }) => path[0] !== 'title');
  return issues.length > 0 ? new z.ZodError(issues) : error;
}

/** No person lists more; a cell of a million delimiters is no list. */
const mostClients = 100;
const clientNameLength = 200;
const titleLength = 300;
const titleOfType: Record<MeetingFields['type'], string> = {
  email: 'E-mail',
  sms: 'Text message',
  call: 'Call',
  visit: 'Visit',
  video: 'Video call',
  letter: 'Letter',
};

/** Cells beyond the header mean that a value was cut by a delimiter in it, so none can be trusted. Missing ones are read as empty. */
function refuseSurplus(cells: readonly string[], width: number): void {
  if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '')) {
    throw new RowTrouble(`The row has ${String(cells.length)} cells where the header has ${String(width)}.`);
  }
  if (cells.some((cell) => cell.includes(substitute))) {
    throw new RowTrouble('The row holds a broken character.');
  }
}

/** A name that fits, and in full when it had to be shortened for that. */
function nameOf(noun: string, name: string, max: number): { text: string; inFull: string } {
  if (name.length > limits.shortened) throw new RowTrouble(`The ${noun} is longer than 2,000 characters.`);
  return name.length > max ? { text: shorten(name, max), inFull: name } : { text: name, inFull: '' };
}

/** Of several columns each text stands under its header. */
function detailsOf(cells: readonly string[], { columns, headers }: RowPlan): string {
  const [first, ...others] = columns.details;
  if (first === undefined) return '';
  if (others.length === 0) return oneText(cells[first] ?? '');
  const texts = columns.details
    .map((column) => ({ header: (headers[column] ?? '').trim(), text: oneText(cells[column] ?? '') }))
    .filter(({ text }) => text !== '');
  return texts.map(({ header, text }) => (header === '' ? text : `${header}: ${text}`)).join('\n');
}

function choice<F extends ChoiceField>(field: F, cell: string, { mapping, readers }: RowPlan): ChoiceOf<F> {
  const word = readers.choices[field](cell);
  if (word !== null) return word;
  const text = oneText(cell);
  if (text === '') return mapping.defaults[field] as ChoiceOf<F>;
  throw new RowTrouble(`The ${field} ${quoted(text)} is not known.`);
}

function startOf(cell: string, { readers }: RowPlan): Start {
  const start = readers.start(cell);
  if (start !== null) return start;
  const text = oneText(cell);
  if (text === '') throw new RowTrouble('The row has no date.');
  throw new RowTrouble(`The date ${quoted(text)} does not exist or cannot be read.`);
}

function durationOf(cell: string, { readers }: RowPlan): number | null {
  const minutes = readers.minutes(cell);
  if (minutes !== null) return minutes;
  const text = oneText(cell);
  if (text === '') return null;
  throw new RowTrouble(`The duration ${quoted(text)} cannot be read.`);
}

/** A value of the file within a sentence. */
export const quoted = (text: string): string => `"${shorten(text.replace(/[\s\p{C}]+/gu, ' ').trim(), 40)}"`;
