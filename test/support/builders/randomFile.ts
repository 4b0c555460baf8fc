import type { FileRow, ImportRules } from '../oracle/importedFile/rows.ts';
import type { Start } from '../oracle/types.ts';
import type { Random } from '../random.ts';

/** Few words, so that rows and meetings are often taken for one another: spellings of one name stand together. */
export const fileWords = {
  clients: [['Acme', 'ACME'], ['Börse', 'borse'], ['Nova'], ['Zeta', 'ZETA']],
  titles: [['Lunch', 'LUNCH'], ['Café', 'cafe'], ['Call'], ['Visit']],
  /** Both the first and the last one begin with the 21st on the office's clock. */
  starts: [
    ['2026-11-21', { date: '2026-11-21' }],
    ['2026-11-21 09:30', { at: '2026-11-21T08:30:00.000Z', zone: 'Europe/Brussels' }],
    ['2026-11-20T23:00:00Z', { at: '2026-11-20T23:00:00.000Z', zone: 'Europe/Brussels' }],
  ] as [cell: string, start: Start][],
  owners: [['Ada Min'], ['Ann', 'ANN'], ['Cid'], ['Zoé', 'zoe']],
  statuses: ['open', 'closed', 'planned'],
  details: ['With wine', 'Second look'],
  tags: [['food'], ['food', 'drink'], ['drink', 'food']],
  durations: [
    ['30', 30],
    ['1:30', 90],
  ] as [cell: string, minutes: number][],
  /** The last one is also what the second client of a row with the first one gets. */
  externalIds: ['A1', 'A2', 'A3', 'A4', 'A5', 'A1/2'],
};

/** A column that feeds a field, or none. */
const fields = [
  ...['externalId', 'client', 'title', 'start', 'owner', 'status', 'details', 'tags', 'durationMinutes'],
] as const;

/** A file, and how it is to be read. */
export interface RandomFile {
  text: string;
  rows: FileRow[];
  columns: (string | null)[];
  clientsPerCell: 'one' | 'several';
}

type Cells = { [K in (typeof fields)[number]]?: string };

/** @param unmapped how many of the columns feed nothing, 0 to 1 */
export function randomFile(random: Random, unmapped = 0.15): RandomFile {
  const clientsPerCell = random.pick(['one', 'several'] as const);
  const columns = fields.map((field) =>
    field !== 'client' && field !== 'start' && random.chance(unmapped) ? null : field,
  );
  const written = Array.from({ length: random.between(1, random.pick([6, 30])) }, (_, at) => {
    const row = randomRow(random, at + 2, clientsPerCell === 'several');
    const cells = cellsOf(random, row);
    for (const [column, field] of fields.entries())
      if (columns[column] === null) Object.assign(row, { [field]: empty[field] });
    return { row, line: fields.map((field) => cells[field] ?? '').join(',') };
  });
  return {
    text: [fields.join(','), ...written.map(({ line }) => line), ''].join('\n'),
    rows: written.map(({ row }) => row),
    columns,
    clientsPerCell,
  };
}

const empty: Record<string, string | [] | null> = {
  ...{ externalId: '', title: '', owner: '', status: '', details: '', tags: [], durationMinutes: null },
};

function randomRow(random: Random, line: number, several: boolean): FileRow {
  const { clients, titles, starts, owners, statuses, details, tags, durations, externalIds } = fileWords;
  const or = <T, E>(mostly: number, value: () => T, otherwise: E): T | E =>
    random.chance(mostly) ? value() : otherwise;
  const named = random.some(clients, several && random.chance(0.3) ? random.between(2, 3) : 1);
  return {
    line,
    clients: or(0.97, () => named.map((spellings) => random.pick(spellings)), []),
    title: or(0.9, () => random.pick(random.pick(titles)), ''),
    start: or(0.97, () => random.pick(starts)[1], null),
    owner: or(0.6, () => random.pick(random.pick(owners)), ''),
    status: or(
      0.02,
      () => 'nonsense',
      or(0.5, () => random.pick(statuses), ''),
    ),
    details: or(0.4, () => random.pick(details), ''),
    tags: or(0.4, () => [...random.pick(tags)], []),
    durationMinutes: or(0.4, () => random.pick(durations)[1], null),
    externalId: or(0.5, () => random.pick(externalIds), ''),
  };
}

/** Programs write an empty list where a cell is empty. */
function cellsOf(random: Random, row: FileRow): Cells {
  const { starts, durations } = fileWords;
  const text = (value: string): string => (value === '' && random.chance(0.1) ? '[]' : value);
  return {
    externalId: row.externalId,
    client: row.clients.join('; '),
    title: row.title,
    start: starts.find(([, start]) => start === row.start)?.[0] ?? '',
    owner: text(row.owner),
    status: text(row.status),
    details: row.details,
    tags: text(row.tags.join('; ')),
    durationMinutes: durations.find(([, minutes]) => minutes === row.durationMinutes)?.[0] ?? '',
  };
}

/** @param owners who may be named the owner of rows that name none; @param viewers who may be shown new clients */
export function randomRules(
  random: Random,
  actor: string,
  owners: readonly string[],
  viewers: readonly string[],
): ImportRules {
  return {
    actor,
    duplicates: random.pick(['keep', 'keep', 'skip'] as const),
    unknownOwners: random.pick(['new', 'new', 'default'] as const),
    viewers: { owners: random.chance(0.6), users: random.some(viewers, random.between(0, 1)) },
    defaults: {
      type: random.pick(['visit', 'call'] as const),
      status: random.pick(['closed', 'open'] as const),
      priority: 'normal',
      ownerId: random.chance(0.3) ? random.pick(owners) : null,
    },
  };
}
