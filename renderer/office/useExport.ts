import { useEffect, useState } from 'react';
import type { ExportProgress, ExportReport } from '../../electron/contract/export.ts';
import type { FailureShape } from '../../electron/contract/failure.ts';
import { daybook } from '../daybook.ts';
import { asFailure } from '../failureText.ts';

/** An export of the office, as far as it is. */
export type ExportState =
  | { readonly step: 'asked'; readonly wasCancelled: boolean }
  /** Without progress while a folder is chosen. */
  | { readonly step: 'running'; readonly progress: ExportProgress | null }
  | { readonly step: 'over'; readonly report: ExportReport }
  | { readonly step: 'failed'; readonly failure: FailureShape };

/** Begins exports and follows the one that is going on; it ends with the dialog. */
export function useExport() {
  const [state, setState] = useState<ExportState>({ step: 'asked', wasCancelled: false });
  useEffect(
    () =>
      daybook.on('exportProgress', (progress) => {
        setState((now) => (now.step === 'running' ? { ...now, progress } : now));
      }),
    [],
  );
  const failed = (error: unknown): void => {
    setState({ step: 'failed', failure: asFailure(error) });
  };
  const run = (withJournal: boolean): void => {
    setState({ step: 'running', progress: null });
    daybook.office.export({ withJournal }).then((report) => {
      if (report.state === 'done') setState({ step: 'over', report });
      else setState({ step: 'asked', wasCancelled: report.state === 'cancelled' });
    }, failed);
  };
  const cancel = (): void => {
    if (state.step === 'running') daybook.office.cancelExport().catch(failed);
  };
  const show = (): void => {
    daybook.office.showExport().catch(failed);
  };
  return { state, run, cancel, show };
}
export type ExportDesk = ReturnType<typeof useExport>;
