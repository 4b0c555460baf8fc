import { headers, type Cells } from './rows.ts';
import type { Random } from '../../support/random.ts';

/** Stands for bytes that are no text; the file gets `brokenBytes` in its place. */
export const brokenPlace = '\ue000';
/** A byte that begins nothing, characters cut short, one written longer than it is, half of a pair. */
export const brokenBytes = [[0xff], [0xc3], [0xe2, 0x82], [0xc0, 0xaf], [0xed, 0xa0, 0x80]].map((bytes) =>
  Buffer.from(bytes),
);

export interface Planted {
  /** The sentence that must be said of the row. */
  readonly reason: string;
  /** Cells beyond the header. */
  readonly surplus?: readonly string[];
  /** The row as it is written, where it is not the cells. */
  readonly text?: string;
}
/** Damages the cells of a good row. */
type Fault = (cells: Cells, random: Random) => Planted;

const inCell = (
  header: keyof Cells,
  values: readonly string[],
  reasonOf: (value: string) => string,
): Fault => {
  return (cells, random) => {
    cells[header] = random.pick(values);
    return { reason: reasonOf(cells[header]) };
  };
};
const always = (reason: string) => (): string => reason;

/** A value as a sentence quotes it: at most 40 letters. */
const quoted = (value: string): string => `"${value.length > 40 ? `${value.slice(0, 39)}…` : value}"`;

const strangeWords = ['Séance', 'unbekannt', '42', '-', 'z'.repeat(60)];
const unknown = (header: 'Type' | 'Status' | 'Priority'): Fault =>
  inCell(header, strangeWords, (value) => `The ${header.toLowerCase()} ${quoted(value)} is not known.`);

const controls = ['\u0001', '\u0007', '\u0008', '\u000e', '\u007f'];
const control =
  (header: keyof Cells, noun: string): Fault =>
  (cells, random) => {
    cells[header] = `some${random.pick(controls)}thing`;
    return { reason: `The ${noun} holds a control character.` };
  };

const brokenText: Fault = (cells, random) => {
  cells[random.pick(headers)] = `caf${brokenPlace} au lait`;
  return { reason: 'The row holds a broken character.' };
};

const surplusReason = (cells: number): string =>
  `The row has ${String(cells)} cells where the header has ${String(headers.length)}.`;
const surplus: Fault = (_cells, random) => {
  const more = Array.from({ length: random.between(1, 3) }, () => 'more');
  return { reason: surplusReason(headers.length + more.length), surplus: more };
};

/** The mark takes in the rest of its row and ends within the next one's first cell: both are one row then. */
const cutByQuotation: Fault = () => ({
  text: 'Acme,Ada,"Lunch,,2026-03-02,call,,,,,R1\n"Bolt",Ada,Dinner,,2026-03-03,call,,,,30,R2',
  reason: surplusReason(headers.length + 2),
});

/** Every way in which a single row can be wrong and the next one right. */
export const faults: Readonly<Record<string, Fault>> = {
  'a date that does not exist': inCell(
    'Date',
    ['31/02/2026', '29/02/2025', '2026-13-01', '00/01/2026', '32.12.2025', '2026-02-30T10:00', '24/12/2025 25:00'],
    (value) => `The date ${quoted(value)} does not exist or cannot be read.`,
  ),
  'no date at all': inCell('Date', ['soon', '12:30', '2026', 'x'.repeat(50)], (value) =>
    `The date ${quoted(value)} does not exist or cannot be read.`,
  ),
  'an empty date': inCell('Date', ['', '  '], always('The row has no date.')),
  'an unknown type': unknown('Type'),
  'an unknown status': unknown('Status'),
  'an unknown priority': unknown('Priority'),
  'no client': inCell('Client', ['', ' ', ';', ' | ; '], always('The row names no client.')),
  'too many clients': (cells) => {
    cells.Client = Array.from({ length: 101 }, (_, at) => `Crowd ${String(at)}`).join(';');
    return { reason: 'The row names more than 100 clients.' };
  },
  'a client that is too long': inCell('Client', ['n'.repeat(2_001)], always('The client is longer than 2,000 characters.')),
  'a title that is too long': inCell('Subject', ['t'.repeat(2_001)], always('The title is longer than 2,000 characters.')),
  'an owner that is too long': inCell('Owner', ['o'.repeat(101)], always('The owner is longer than 100 characters.')),
  'details that are too long': inCell('Notes', ['d'.repeat(20_001)], always('The text of the details is longer than 20000 characters.')),
  'a tag that is too long': inCell('Tags', [`short;${'g'.repeat(61)}`], always('The tag is longer than 60 characters.')),
  'too many tags': inCell('Tags', [Array.from({ length: 21 }, (_, at) => `t${String(at)}`).join(';')], always('The list of tags holds more than 20 items.')),
  'a duration that is none': inCell('Minutes', ['long', '-5', '1:75', '3 days'], (value) => `The duration ${quoted(value)} cannot be read.`),
  'a duration that is too long': inCell('Minutes', ['10081', '169 h'], always('The duration is greater than 10080.')),
  'a control character in the client': control('Client', 'client'),
  'a control character in the owner': control('Owner', 'owner'),
  'a control character in the title': control('Subject', 'title'),
  'a control character in the details': control('Notes', 'text of the details'),
  'a control character in a tag': control('Tags', 'tag'),
  'a broken character': brokenText,
  'surplus cells': surplus,
  'a quotation mark that cuts two rows': cutByQuotation,
}; // prettier-ignore

/** Too large to be planted more than once each. */
export const largeFaults: Readonly<Record<string, Fault>> = {
  'a row of too many cells': () => ({
    text: Array(1_001).fill('x').join(','),
    reason: 'This row has more than 1,000 cells.',
  }),
  'a cell of a million letters': inCell(
    'Notes',
    ['x'.repeat(1_000_001)],
    always('A cell of this row is longer than a million characters.'),
  ),
};

/** Nothing can follow it. */
export const unclosed = {
  text: 'Acme,Ada,"Lunch,,2026-03-02,call,,,,,R1\nBolt,Ada,Dinner,,2026-03-03,call,,,,,R2',
  reason: 'A quotation mark opens in this row and is never closed; everything after it was left out.',
};
