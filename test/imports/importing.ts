import type { ImportProgress, Mapping } from '../../electron/contract/imports.ts';
import type { contract } from '../../electron/contract/index.ts';
import { type OutputOf } from '../../electron/contract/index.ts';
import type { Context, HandlersOf } from '../../electron/handlers/context.ts';
import { importsHandlers } from '../../electron/handlers/imports.ts';

type Told = OutputOf<(typeof contract)['imports']['report']>;
/** A report, with what most tests look at by short names. */
export type Report = Told & {
  meetings: number;
  refused: { line: number; reason: string }[];
  refusedTotal: number;
};

/** The import calls as a window makes them, with the file dialog and the progress events of a test. */
export class Importing {
  readonly calls: HandlersOf<'imports'>;
  readonly progress: ImportProgress[] = [];
  chosen: string | null = null;
  chosenForReport: string | null = null;
  #written = 0;
  #whenHeard: () => void = () => undefined;

  constructor() {
    this.calls = importsHandlers({
      chooseFile: () => Promise.resolve(this.chosen),
      chooseReportFile: () => Promise.resolve(this.chosenForReport),
      progress: (_windowId, progress) => {
        this.progress.push(progress);
        this.#whenHeard();
      },
      readerFile: new URL('../../electron/imports/reader.worker.ts', import.meta.url),
    });
  }

  /** Chooses a file and starts it, with the guessed mapping unless another one is given. */
  async start(
    path: string,
    user: Context,
    change: (guess: Mapping) => Mapping = (guess) => guess,
    dryRun = false,
  ): Promise<string> {
    const { file } = await this.calls.offerFile({ path }, user);
    const { guess } = await this.calls.inspect({ handle: file.handle, sheet: null }, user);
    this.#written += 1;
    const writeId = `import-${String(this.#written)}`;
    const input = { writeId, handle: file.handle, mapping: change(guess), dryRun };
    return (await this.calls.start(input, user)).importId;
  }

  /** Waits until a progress event is as wanted. */
  async until(importId: string, wanted: (progress: ImportProgress) => boolean): Promise<ImportProgress> {
    for (;;) {
      const found = this.progress.find((each) => each.importId === importId && wanted(each));
      if (found) return found;
      await new Promise<void>((resolve) => (this.#whenHeard = resolve));
    }
  }

  over(importId: string): Promise<ImportProgress> {
    return this.until(importId, ({ state }) => ['done', 'failed', 'cancelled'].includes(state));
  }

  /** Imports a whole file. */
  async run(
    path: string,
    user: Context,
    change?: (guess: Mapping) => Mapping,
    dryRun = false,
  ): Promise<Report & { importId: string; state: string; message: string }> {
    const importId = await this.start(path, user, change, dryRun);
    const { state, message } = await this.over(importId);
    return { ...(await this.report(importId, user)), importId, state, message };
  }

  async report(importId: string, user: Context): Promise<Report> {
    const all = { importId, offset: 0, limit: 1_000 };
    const told = await this.calls.report({ ...all, show: 'all' }, user);
    const { rows } = await this.calls.report({ ...all, show: 'refused' }, user);
    return {
      ...told,
      meetings: told.counts.added,
      refused: rows.map(({ line, reason }) => ({ line, reason })),
      refusedTotal: told.counts.refused,
    };
  }
}
