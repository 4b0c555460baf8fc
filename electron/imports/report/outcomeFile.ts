import { open, mkdtemp, rm } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { reportShows, type OutcomeRow, type ReportShow } from '../../contract/imports.ts';
import { isShown, type OutcomeIndex } from './outcomeWriter.ts';

/** Folders to remove when the program ends, whatever became of their imports. */
const folders = new Set<string>();
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The rows of one report, in a temporary file that the reader's thread writes. */
export class OutcomeFile {
  /** Of the file. */
  readonly path: string;
  readonly #folder: string;
  /** Where each row begins, and how long it is, in bytes. */
  readonly #starts: number[] = [];
  readonly #lengths: number[] = [];
  /** Numbers of the rows that each of `reportShows` shows. */
  readonly #shown = Object.fromEntries(reportShows.map((show) => [show, [] as number[]])) as Record<
    ReportShow,
    number[]
  >;
  #end = 0;

  private constructor(folder: string) {
    this.#folder = folder;
    this.path = path.join(folder, 'outcomes');
  }

  static async make(): Promise<OutcomeFile> {
    const folder = await mkdtemp(path.join(tmpdir(), 'daybook-import-'));
    folders.add(folder);
    return new OutcomeFile(folder);
  }

  /** Takes note of rows that the thread has written behind those before. */
  add({ lengths, shows }: OutcomeIndex): void {
    for (const [at, length] of lengths.entries()) {
      const number = this.#starts.length;
      this.#starts.push(this.#end);
      this.#lengths.push(length);
      this.#end += length;
      for (const show of reportShows) if (isShown(shows[at]!, show)) this.#shown[show].push(number);
    }
  }

  count(show: ReportShow): number {
    return this.#shown[show].length;
  }

  /** @returns rows in the order of the file; fewer than `limit` at the end */
  async rows(show: ReportShow, offset: number, limit: number): Promise<OutcomeRow[]> {
    const wanted = this.#shown[show].slice(offset, offset + limit);
    if (wanted.length === 0) return [];
    const file = await open(this.path, 'r');
    try {
      const rows: OutcomeRow[] = [];
      for (const number of wanted) {
        const bytes = Buffer.alloc(this.#lengths[number]!);
        await file.read(bytes, 0, bytes.length, this.#starts[number]!);
        rows.push(JSON.parse(bytes.toString('utf8')) as OutcomeRow);
      }
      return rows;
    } finally {
      await file.close();
    }
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
    folders.delete(this.#folder);
  }
}
