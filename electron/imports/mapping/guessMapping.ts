import type { ImportField, Mapping } from '../../contract/imports.ts';
import { columnProfile, type ColumnProfile } from './columnProfile.ts';
import { readStart } from '../cells/dates.ts';
import { guessDateOrder } from './guessDateOrder.ts';
import { fieldsNamed } from './headerWords.ts';

/**
 * Guesses which column feeds which field, from the names of the columns and from what stands in them. A name alone is
 * not believed: a column called "date" that holds no dates is left out.
 * @param rows cells of a sample of rows
 * @param today `YYYY-MM-DD`, decides whether the meetings are mostly past or planned
 */
export function guessMapping(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  today: string,
): Mapping {
  const cellsOf = (column: number): string[] => rows.map((cells) => cells[column] ?? '');
  const columns = headers.map((header, column) => scored(header, columnProfile(cellsOf(column))));
  const chosen = assign(columns);
  const starts = cellsOf(chosen.indexOf('start'));
  const dateOrder = guessDateOrder(starts).order;
  return {
    sheet: null,
    columns: chosen,
    dateOrder,
    clients: 'one',
    duplicates: 'keep',
    owners: { named: [], unknown: 'new' },
    viewers: { owners: false, users: [] },
    defaults: {
      type: 'visit',
      status: mostlyAhead(starts, dateOrder, today) ? 'planned' : 'closed',
      priority: 'normal',
      ownerId: null,
    },
  };
}

interface Scored {
  readonly profile: ColumnProfile;
  readonly scores: ReadonlyMap<ImportField, number>;
}

function scored(header: string, profile: ColumnProfile): Scored {
  const named = fieldsNamed(header);
  const scores = new Map<ImportField, number>();
  for (const [field, evidence] of Object.entries(evidences) as [ImportField, Evidence][]) {
    const score = profile.filled === 0 ? 0 : evidence(profile, named.get(field) ?? 0);
    if (score > 0) scores.set(field, score);
  }
  return { profile, scores };
}

/** How strongly a column's values and the name's score together speak for a field; 0 rules it out. */
type Evidence = (profile: ColumnProfile, named: number) => number;

const evidences: Readonly<Record<ImportField, Evidence>> = {
  start: ({ dates }, named) => (dates >= 0.5 ? named + 6 * dates : 0),
  type: ({ choices, different }, named) => choiceScore(choices.type, different, named),
  status: ({ choices, different }, named) => choiceScore(choices.status, different, named),
  priority: ({ choices, different }, named) => choiceScore(choices.priority, different, named),
  durationMinutes: ({ minutes }, named) => (named >= 5 && minutes >= 0.9 ? named : 0),
  owner: ({ prose, length }, named) => (named > 0 && prose >= 0.5 && length <= 60 ? named : 0),
  client: ({ prose, filled, length }, named) =>
    prose < 0.5 || length > 400 ? 0 : named > 0 ? named + filled : shapeScore(filled, prose, 0.5),
  title: ({ prose, filled, length }, named) =>
    prose < 0.5
      ? 0
      : named > 0
        ? named + filled
        : shapeScore(filled, prose, length > 12 && length < 300 ? 0.6 : 0.2),
  // A key of the program the file is from: another one in each row, and not the row's number in this file.
  externalId: ({ filled, distinct, serial, length }, named) =>
    filled === 1 && distinct === 1 && !serial && length <= 64 ? named : 0,
  tags: ({ prose, lists, length }, named) =>
    prose < 0.5 || length > 60 ? 0 : named > 0 ? named : lists > 0.5 ? 3 : 0,
  details: ({ prose, length }, named) => (prose < 0.3 ? 0 : named > 0 ? named : length > 80 ? 3 : 0),
};

/** Words for a type, status or priority must nearly all be known, else rows would be refused for them. */
const choiceScore = (known: number, different: number, named: number): number =>
  known < 0.9 ? 0 : named > 0 ? named + 4 : known === 1 && different >= 2 ? 4 : 0;

/** Without a telling name a column full of text may still be the client or the title, if no other column is. */
const shapeScore = (filled: number, prose: number, fits: number): number =>
  filled >= 0.8 && prose >= 0.8 ? fits : 0;

const single = [
  'start',
  'type',
  'status',
  'priority',
  'durationMinutes',
  'client',
  'owner',
  'title',
  'externalId',
] as const;

/** Strongest claims first; then every column left over may feed tags or details. */
function assign(columns: readonly Scored[]): (ImportField | null)[] {
  const chosen: (ImportField | null)[] = columns.map(() => null);
  const claims = columns.flatMap(({ scores }, column) =>
    single.map((field) => ({ field, column, score: scores.get(field) ?? 0 })),
  );
  claims.sort((a, b) => b.score - a.score || a.column - b.column);
  for (const { field, column, score } of claims) {
    const better =
      Math.max(columns[column]?.scores.get('tags') ?? 0, columns[column]?.scores.get('details') ?? 0) > score;
    if (score > 0 && !better && chosen[column] === null && !chosen.includes(field)) chosen[column] = field;
  }
  columns.forEach(({ scores }, column) => {
    if (chosen[column] === null) chosen[column] = textFieldOf(scores);
  });
  return chosen;
}

function textFieldOf(scores: Scored['scores']): 'tags' | 'details' | null {
  const tags = scores.get('tags') ?? 0;
  const details = scores.get('details') ?? 0;
  if (Math.max(tags, details) < 3) return null;
  return tags >= details ? 'tags' : 'details';
}

function mostlyAhead(starts: readonly string[], order: Mapping['dateOrder'], today: string): boolean {
  const known = starts.map((cell) => readStart(cell, order, 'UTC')).filter((start) => start !== null);
  const ahead = known.filter((start) => ('at' in start ? start.at : start.date) > today).length;
  return ahead > known.length / 2;
}
