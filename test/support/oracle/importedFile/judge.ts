import type { Office } from '../office.ts';
import type { Meeting } from '../types.ts';
import { changesOf } from './changes.ts';
import { Matching } from './match.ts';
import { RowReader } from './readRows.ts';
import type { FileRow, ImportRules, Outcome, RowMeeting, Told } from './rows.ts';

/** What importing a file does to an office, worked out beforehand. */
export interface Judgement {
  rules: ImportRules;
  told: Told[];
  added: RowMeeting[];
  updated: { before: Meeting; row: RowMeeting; changed: ReadonlySet<string> }[];
  /** Names that have to be made clients and users. */
  clients: string[];
  owners: string[];
}

/** @throws Refused when nobody active is the one who imports */
export function judge(office: Office, rows: readonly FileRow[], rules: ImportRules): Judgement {
  const user = office.signedIn(rules.actor);
  const reader = new RowReader(office, user, rules);
  const matching = new Matching(office, user);
  const judged: Judgement = { rules, told: [], added: [], updated: [], clients: [], owners: [] };
  // Names are settled by the whole file before any of its rows is looked for.
  const read = rows.map((row) => [row.line, reader.read(row)] as const);
  for (const [line, meetings] of read) {
    if (typeof meetings === 'string') judged.told.push(refused(line, meetings));
    else for (const row of meetings) place(office, matching, row, judged);
  }
  const named = [...judged.added, ...judged.updated.map(({ row }) => row)];
  judged.clients = fresh(named.map(({ client }) => client));
  judged.owners = fresh(named.map(({ owner }) => owner));
  return judged;
}

function place(office: Office, matching: Matching, row: RowMeeting, judged: Judgement): void {
  const { line, clientName: client, title, start } = row;
  const duplicateOf = matching.duplicateOf(row);
  const tell = (outcome: Outcome, changes: Told['changes']): void => {
    judged.told.push({ line, outcome, duplicateOf, client, title, start, changes, reason: '' });
  };
  if (duplicateOf !== null && judged.rules.duplicates === 'skip') return tell('skipped', []);
  const before = matching.find(row);
  if (!before) {
    judged.added.push(row);
    return tell('added', []);
  }
  const changes = changesOf(office, before, row);
  if (changes.length === 0) return tell('unchanged', []);
  judged.updated.push({ before, row, changed: new Set(changes.map(({ field }) => field)) });
  return tell('updated', changes);
}

const refused = (line: number, reason: string): Told => ({
  ...{ line, outcome: 'refused', duplicateOf: null, client: '', title: '', start: null, changes: [], reason },
});

const fresh = (names: readonly RowMeeting['client'][]): string[] => [
  ...new Set(names.flatMap((name) => ('fresh' in name ? [name.fresh] : []))),
];

/** How many rows came to what, and how many names are new. */
export function counts({ told }: Judgement): Record<Outcome | 'all' | 'duplicates', number> {
  const count = (wanted: Outcome): number => told.filter(({ outcome }) => outcome === wanted).length;
  return {
    all: told.length,
    added: count('added'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    skipped: count('skipped'),
    refused: count('refused'),
    duplicates: told.filter(({ duplicateOf }) => duplicateOf !== null).length,
  };
}
