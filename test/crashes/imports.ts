import type { ImportProgress, Mapping } from '../../electron/contract/imports.ts';
import { mapping as plantedMapping } from '../imports/planted/rows.ts';
import { until, type TestBackend } from '../support/backend.ts';

const isOver = ({ state }: ImportProgress): boolean => ['done', 'failed', 'cancelled'].includes(state);

/**
 * Imports a file, a planted one unless a mapping is given, at window 1 and waits until that is over, well or badly.
 * @returns the last progress told
 */
export async function importFile(
  backend: TestBackend,
  file: string,
  mapping: Mapping = plantedMapping,
): Promise<ImportProgress> {
  const { file: offered }: { file: { handle: string } } = await backend.ask(1, 'imports.offerFile', {
    path: file,
  });
  const request = { writeId: crypto.randomUUID(), handle: offered.handle, mapping };
  const { importId }: { importId: string } = await backend.ask(1, 'imports.start', request);
  const last = (): ImportProgress | undefined =>
    backend.heard
      .filter(({ event }) => event === 'importProgress')
      .map(({ payload }) => payload as ImportProgress)
      .findLast((progress) => progress.importId === importId);
  await until(() => isOver(last() ?? ({ state: 'reading' } as ImportProgress)), 300_000);
  return last()!;
}

/** @returns number of the journal's entry of an import that is in */
export async function entryOf(backend: TestBackend, importId: string): Promise<number> {
  const { entry }: { entry: number } = await backend.ask(1, 'imports.report', { importId });
  return entry;
}

/** Takes an import back at window 1. @throws as `ask` does */
export async function undoImport(backend: TestBackend, entry: number): Promise<void> {
  await backend.ask(1, 'journal.undo', { writeId: crypto.randomUUID(), entry });
}

/** Whether the office is open and no import waits to be discarded. */
export async function nothingPending(backend: TestBackend): Promise<boolean> {
  if (backend.office.state().state !== 'open') return false;
  try {
    const { imports } = (await backend.office.store().call('imports_pending', {})) as { imports: unknown[] };
    return imports.length === 0;
  } catch {
    return false; // the engine has just gone
  }
}
