import type { ImportProgress, Mapping } from '../../electron/contract/imports.ts';
import type { contract } from '../../electron/contract/index.ts';
import { type OutputOf } from '../../electron/contract/index.ts';
import type { Context, HandlersOf } from '../../electron/handlers/context.ts';
import { importsHandlers } from '../../electron/handlers/imports.ts';

export type Report = OutputOf<(typeof contract)['imports']['report']>;

/** The import calls as a window makes them, with the file dialog and the progress events of a test. */
export class Importing {
  readonly calls: HandlersOf<'imports'>;
  readonly progress: ImportProgress[] = [];
  chosen: string | null = null;
  #written = 0;
  #whenHeard: () => void = () => undefined;

  constructor() {
    this.calls = importsHandlers({
      chooseFile: () => Promise.resolve(this.chosen),
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
  ): Promise<string> {
    const { file } = await this.calls.offerFile({ path }, user);
    const { guess } = await this.calls.inspect({ handle: file.handle, sheet: null }, user);
    this.#written += 1;
    const writeId = `import-${String(this.#written)}`;
    return (await this.calls.start({ writeId, handle: file.handle, mapping: change(guess) }, user)).importId;
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
  ): Promise<Report & { state: string; message: string }> {
    const importId = await this.start(path, user, change);
    const { state, message } = await this.over(importId);
    return { ...(await this.report(importId, user)), state, message };
  }

  report(importId: string, user: Context): Promise<Report> {
    return this.calls.report({ importId, offset: 0, limit: 1_000 }, user);
  }
}
