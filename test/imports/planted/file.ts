import { Random } from '../../support/random.ts';
import { brokenBytes, brokenPlace, faults, largeFaults, unclosed } from './faults.ts';
import { goodRow, headers, Names, type Cells, type PlantedMeeting } from './rows.ts';

/** What must come of a row of the file: meetings, or its line and one sentence. */
export type PlantedRow =
  | { readonly line: number; readonly meetings: readonly PlantedMeeting[] }
  | { readonly line: number; readonly fault: string; readonly reason: string };

export interface PlantedPlan {
  readonly seed: number;
  readonly rows: number;
  /** Of the rows, 0 to 1. */
  readonly faulty: number;
  /** Names that the office knows, each once however it is spelled. */
  readonly clients: readonly string[];
  readonly owners: readonly string[];
}

export interface PlantedFile {
  readonly bytes: Buffer;
  /** In the order of the file. */
  readonly rows: readonly PlantedRow[];
}

/**
 * A file of meetings with faults planted in it, and what each of its rows must come to. It is written from the rules
 * alone, without anything of the program. Quoted line breaks, blank rows and both kinds of line ends make lines differ
 * from row numbers. The same plan writes the same file.
 */
export function plantedFile(plan: PlantedPlan): PlantedFile {
  const writer = new Writer(plan);
  const before = plan.rows - 1;
  const count = Math.max(0, Math.round(plan.rows * plan.faulty) - 1);
  const faulty = writer.random.some([...Array(before).keys()], count);
  const kinds = kindsFor(count);
  const planted = new Map(faulty.map((at, number) => [at, kinds[number] as string]));
  for (let at = 0; at < before; at += 1) {
    const fault = planted.get(at);
    if (fault === undefined) writer.good();
    else writer.plant(fault);
    if (writer.random.chance(0.01)) writer.blank();
  }
  if (plan.faulty > 0) writer.end();
  else writer.good();
  return { bytes: Buffer.concat(writer.pieces), rows: writer.rows };
}

/** The large ones once, the others one after the other, so that each comes as often. */
function kindsFor(count: number): string[] {
  const [small, large] = [Object.keys(faults), Object.keys(largeFaults)];
  return Array.from({ length: count }, (_, at) => large[at] ?? small[at % small.length] ?? '');
}

class Writer {
  readonly random: Random;
  readonly pieces: Buffer[] = [];
  readonly rows: PlantedRow[] = [];
  readonly #clients: Names;
  readonly #owners: Names;
  #line = 1;

  constructor({ seed, rows, clients, owners }: PlantedPlan) {
    this.random = new Random(seed);
    this.#clients = new Names(clients, freshClients(Math.max(20, Math.floor(rows / 50))));
    this.#owners = new Names(owners, freshOwners(24));
    this.#write(headers.join(','));
  }

  good(): void {
    const row = goodRow(this.random, this.#clients, this.#owners);
    const meetings = row.meetings();
    const empty = this.random.chance(0.02) ? ',,' : '';
    this.rows.push({ line: this.#write(this.#text(row.cells) + empty), meetings });
  }

  plant(fault: string): void {
    const { cells } = goodRow(this.random, this.#clients, this.#owners);
    const damage = faults[fault] ?? largeFaults[fault];
    if (!damage) throw new Error(`nobody knows how to plant ${fault}`);
    const { reason, surplus = [], text } = damage(cells, this.random);
    const line = this.#write(text ?? [this.#text(cells), ...surplus].join(','));
    this.rows.push({ line, fault, reason });
  }

  /** The last row: nothing can follow a quotation mark that is never closed. Empty lines before it are lines all the same. */
  end(): void {
    this.#write('');
    const line = this.#write(unclosed.text);
    this.rows.push({ line, fault: 'a quotation mark that is never closed', reason: unclosed.reason });
  }

  /** No row: an empty line, or what spreadsheets write below their data. */
  blank(): void {
    this.#write(this.random.pick(['', '', ',,,,,,,,,,', ' ,,  ,', '   ']));
  }

  #text(cells: Cells): string {
    return headers.map((header) => this.#cell(cells[header])).join(',');
  }

  /** Quoted where it must be, and at times where it need not be. */
  #cell(text: string): string {
    if (!/[",\r\n]/.test(text) && !this.random.chance(0.05)) return text;
    return `"${text.replaceAll('"', '""')}"`;
  }

  /** @returns the line on which the text begins */
  #write(text: string): number {
    const whole = text + (this.random.chance(0.1) ? '\r\n' : '\n');
    const begins = this.#line;
    this.#line += whole.split('\n').length - 1;
    const parts = whole.split(brokenPlace);
    parts.forEach((part, at) => {
      if (at > 0) this.pieces.push(this.random.pick(brokenBytes));
      this.pieces.push(Buffer.from(part));
    });
    return begins;
  }
}

const freshClients = (count: number): string[][] =>
  Array.from({ length: count }, (_, at) => {
    const name = `Verein ${String(at)} Süd`;
    return [name, name.toUpperCase(), `verein ${String(at)} sud`];
  });

const freshOwners = (count: number): string[][] =>
  Array.from({ length: count }, (_, at) => [`Zoé Person ${String(at)}`, `ZOE  Person ${String(at)}`]);
