import type { ImportProgress, Mapping, ReportShow } from '../../electron/contract/imports.ts';
import type { Contract, InputOf } from '../../electron/contract/index.ts';
import { daybook } from '../daybook.ts';
import { failureText } from '../failureText.ts';
import { text } from '../text.ts';
import { write } from '../writes.ts';
import type { ImportFile, ImportStep, MappingState } from './importSteps.ts';
import { mapped } from './mappingRules.ts';

const nothingChosen: Extract<ImportStep, { step: 'choose' }> = {
  step: 'choose',
  reading: false,
  trouble: '',
  note: '',
};
const reportPage = 200;

const noProgress = (importId: string): ImportProgress => ({
  importId,
  state: 'reading',
  rowsRead: 0,
  rowsAccepted: 0,
  rowsRefused: 0,
  share: 0,
  elapsedMs: 0,
  message: '',
});

/** One import from the file to the report. It goes on while another screen is looked at. */
export class ImportDesk {
  #state: ImportStep = nothingChosen;
  readonly #listeners = new Set<() => void>();
  #stopListening: () => void = () => undefined;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getState = (): ImportStep => this.#state;

  /** Back to the beginning; a finished import stays as it is. */
  reset(note = ''): void {
    this.#stopListening();
    this.#set({ ...nothingChosen, note });
  }

  async choose(): Promise<void> {
    try {
      const { file } = await daybook.imports.chooseFile();
      if (file) await this.#inspect(file);
    } catch (error) {
      this.#set({ ...nothingChosen, trouble: failureText(error) });
    }
  }

  async offer(dropped: File, others: number): Promise<void> {
    try {
      const { file } = await daybook.imports.offerFile({ path: daybook.pathOfDroppedFile(dropped) });
      await this.#inspect(file);
      if (others > 0 && this.#state.step === 'mapping')
        this.#set({ ...this.#state, trouble: text.imports.oneFile });
    } catch (error) {
      this.#set({ ...nothingChosen, trouble: failureText(error) });
    }
  }

  map(mapping: Mapping): void {
    const now = this.#state;
    if (now.step === 'mapping') this.#set({ ...now, ...mapped(now.inspection, now, mapping), trouble: '' });
  }

  chooseDateOrder(dateOrder: Mapping['dateOrder']): void {
    const now = this.#state;
    if (now.step !== 'mapping') return;
    this.#set({ ...now, mapping: { ...now.mapping, dateOrder }, dateOrderChosen: true, trouble: '' });
  }

  /** Reads another sheet of the workbook; the one on screen stays when that cannot be read. */
  async chooseSheet(sheet: string): Promise<void> {
    const before = this.#state;
    if (before.step !== 'mapping') return;
    try {
      await this.#inspect(before.file, sheet);
    } catch (error) {
      this.#set({ ...before, trouble: failureText(error) });
    }
  }

  /** Imports the file, or only finds out what that would do; from the columns, or from a dry run's report. */
  async start(dryRun: boolean): Promise<void> {
    const before = this.#state;
    const said = before.step === 'report' ? before.said : before;
    if (said.step !== 'mapping') return;
    const { file, mapping } = said;
    // The first progress may be here before the answer that names the import.
    let importId = '';
    this.#stopListening();
    this.#stopListening = daybook.on('importProgress', (progress) => {
      if (importId !== '' && progress.importId !== importId) return;
      void this.#follow(said, progress);
    });
    this.#set({ step: 'running', file, dryRun, progress: noProgress(''), firstRows: null, trouble: '' });
    try {
      const request: Omit<InputOf<Contract['imports']['start']>, 'writeId'> = {
        handle: file.handle,
        mapping,
        dryRun,
      };
      const answer = await write({ import: request }, (writeId) =>
        daybook.imports.start({ writeId, ...request }),
      );
      ({ importId } = answer);
      const now = this.getState();
      if (now.step === 'running' && now.progress.importId === '') {
        this.#set({ ...now, progress: { ...now.progress, importId } });
      }
    } catch (error) {
      this.#stopListening();
      this.#set({ ...said, trouble: failureText(error) });
    }
  }

  /** From a dry run back to the columns. */
  backToMapping(): void {
    if (this.#state.step === 'report') this.#set({ ...this.#state.said, trouble: '' });
  }

  async cancel(): Promise<void> {
    const now = this.#state;
    if (now.step !== 'running' || now.progress.importId === '') return;
    try {
      await daybook.imports.cancel({ importId: now.progress.importId });
    } catch (error) {
      const later = this.getState();
      if (later.step === 'running') this.#set({ ...later, trouble: failureText(error) });
    }
  }

  /** Shows other rows of the report. */
  async show(show: ReportShow): Promise<void> {
    const now = this.#state;
    if (now.step !== 'report') return;
    await this.#readRows({ ...now, show, rows: [] });
  }

  async moreRows(): Promise<void> {
    const now = this.#state;
    if (now.step === 'report') await this.#readRows(now);
  }

  /** @returns name of the file that was written, or empty when the person closed the dialog */
  async exportReport(): Promise<string> {
    const now = this.#state;
    if (now.step !== 'report') return '';
    try {
      const { importId, show } = now;
      return (await daybook.imports.exportReport({ importId, show })).fileName ?? '';
    } catch (error) {
      this.#set({ ...now, trouble: failureText(error) });
      return '';
    }
  }

  /** Reads on behind the rows there are. */
  async #readRows(state: Extract<ImportStep, { step: 'report' }>): Promise<void> {
    const { importId, show, rows } = state;
    try {
      const report = await daybook.imports.report({ importId, show, offset: rows.length, limit: reportPage });
      this.#set({ ...state, report, rows: [...rows, ...report.rows], trouble: '' });
    } catch (error) {
      this.#set({ ...state, trouble: failureText(error) });
    }
  }

  /** Reads the columns by another template, or by none. */
  async chooseTemplate(name: string | null): Promise<void> {
    const before = this.#state;
    if (before.step !== 'mapping') return;
    try {
      await this.#inspect(before.file, before.mapping.sheet, name);
    } catch (error) {
      this.#set({ ...before, trouble: failureText(error) });
    }
  }

  /** What is on screen was saved under this name. */
  nameTemplate(template: string): void {
    if (this.#state.step === 'mapping') this.#set({ ...this.#state, template });
  }

  /** What is on screen stays, though its template was deleted. */
  forgetTemplate(): void {
    if (this.#state.step === 'mapping') this.#set({ ...this.#state, template: null });
  }

  /** @param named the template to be used; null for none, without it the one that fits best */
  async #inspect(file: ImportFile, sheet: string | null = null, named?: string | null): Promise<void> {
    if (sheet === null && named === undefined) this.#set({ ...nothingChosen, reading: true });
    const asked = { handle: file.handle, sheet, ...(named !== undefined && { template: named }) };
    const inspection = await daybook.imports.inspect(asked);
    const { guess: mapping, template } = inspection;
    // A template says how dates are meant.
    const dateOrderChosen = template !== null;
    this.#set({ step: 'mapping', file, inspection, mapping, template, dateOrderChosen, trouble: '' });
  }

  async #follow(said: MappingState, progress: ImportProgress): Promise<void> {
    const { file } = said;
    const dryRun = this.#state.step === 'running' && this.#state.dryRun;
    if (progress.state === 'cancelled' && dryRun) {
      this.#stopListening();
      this.#set({ ...said, trouble: '' });
    } else if (progress.state === 'cancelled') {
      this.reset(text.imports.cancelled);
    } else if (progress.state === 'failed') {
      this.#stopListening();
      this.#set({
        ...nothingChosen,
        trouble: progress.message || (dryRun ? text.imports.dryRunFailed : text.imports.failed),
      });
    } else if (progress.state === 'done') {
      this.#stopListening();
      const { importId } = progress;
      try {
        const report = await daybook.imports.report({ importId, limit: reportPage });
        const { rows } = report;
        this.#set({ step: 'report', file, importId, report, show: 'all', rows, trouble: '', said });
      } catch (error) {
        this.#set({ ...nothingChosen, trouble: failureText(error) });
      }
    } else if (this.#state.step === 'running') {
      const firstRows = this.#state.firstRows ?? (progress.rowsRead > 0 ? progress : null);
      this.#set({ ...this.#state, progress, firstRows });
    }
  }

  #set(state: ImportStep): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

let desk = new ImportDesk();
export const importDesk = (): ImportDesk => desk;

/** The next user begins with an empty desk. */
export function clearImportDesk(): void {
  desk.reset();
  desk = new ImportDesk();
}
