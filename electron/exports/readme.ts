import { momentIn } from './wallText.ts';

export interface ReadmeFacts {
  readonly office: string;
  readonly zone: string;
  /** Of a damaged office: saved actions that could not be read, null when nobody can tell how many, and instant of the last one. */
  readonly loss: { readonly lost: number | null; readonly until: string | null } | null;
  readonly appVersion: string;
  readonly at: Date;
  readonly by: string;
  readonly meetings: number;
  readonly clients: number;
  readonly users: number;
  readonly withJournal: boolean;
}

const counted = (count: number, one: string): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : `${one}s`}`;

/** Whoever finds the folder must not take it for all there was. */
function lossLines({ loss, zone }: ReadmeFacts): string[] {
  if (!loss) return [];
  const { lost, until } = loss;
  const missing = lost === null ? 'some of what was saved' : counted(lost, 'saved action');
  const last = until === null || lost === null ? '' : `, the last one made on ${momentIn(until, zone)}`;
  return [
    'NOT COMPLETE: the office was damaged, and this was written from what could be read of it.',
    `Missing in these files: ${missing}${last}.`,
    '',
  ];
}

/** What is what, for whoever finds the folder in ten years. */
export function readme(facts: ReadmeFacts): string {
  const { office, zone, appVersion, at, by, meetings, clients, users, withJournal } = facts;
  const lines = [
    office,
    '='.repeat(Math.min([...office].length, 78)),
    '',
    ...lossLines(facts),
    `Written by Daybook ${appVersion} on ${momentIn(at.toISOString(), zone)} for ${by}, who as an administrator sees everything:`,
    `${counted(meetings, 'meeting')}, ${counted(clients, 'client')}, ${counted(users, 'user')}. What was deleted is not in these files${withJournal ? ', but for the journal' : ''}.`,
    'None of them needs Daybook. Texts are in UTF-8; times are those of the office',
    `(${zone}) unless a file says otherwise. Keep this folder as you would keep the office itself:`,
    'whoever can open it can read all of it.',
    '',
    'clients            a file for each client with its facts and its meetings, the newest first.',
    '                   Open them with any text editor, or with a program for Markdown.',
    'clients.csv        tables for Excel, LibreOffice and other programs. Where a table does not',
    'meetings.csv       open in columns: Data, From text, comma. A text that a spreadsheet could take',
    "users.csv          for a formula (=, +, -, @ at its beginning) has an apostrophe (') in front;",
    '                   Daybook takes it away again when it imports the file.',
    'clients.json       the same for programs, exact in every detail: times in UTC with the zone they were',
    'meetings.json      planned in, names with their ids. users.json also says which clients somebody sees.',
    'users.json         Passwords are in none of the files.',
    'meetings.ics       all meetings for a calendar program. Try it with an empty calendar first.',
    'clients.vcf        all clients for an address book.',
    ...(withJournal
      ? [
          'journal.jsonl      who did what and when, the latest first, with each record before and after: one',
          '                   entry in JSON a line. It also tells of what was changed and deleted.',
        ]
      : []),
    '',
  ];
  return lines.join('\r\n');
}
