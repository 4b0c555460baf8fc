import type { ImportProgress } from '../../electron/contract/imports.ts';
import { mapping } from '../imports/planted/rows.ts';
import { until, type TestBackend } from '../support/backend.ts';

const isOver = ({ state }: ImportProgress): boolean => ['done', 'failed', 'cancelled'].includes(state);

/** Imports a planted file at window 1 and waits until that is over, well or badly. @returns the last progress told */
export async function importFile(backend: TestBackend, file: string): Promise<ImportProgress> {
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
