import { useEffect, useState } from 'react';
import type { CheckProgress, CheckReport } from '../../electron/contract/check.ts';
import type { FailureShape } from '../../electron/contract/failure.ts';
import { daybook } from '../daybook.ts';
import { asFailure } from '../failureText.ts';

/** A check or a repair of the office, as far as it is. */
export type CheckState =
  | { readonly step: 'asked' }
  | { readonly step: 'running'; readonly repair: boolean; readonly progress: CheckProgress }
  | { readonly step: 'over'; readonly report: CheckReport }
  | { readonly step: 'failed'; readonly failure: FailureShape };

const nothingYet: CheckProgress = { meetings: 0, share: 0 };

/** Begins checks and follows the one that is going on; it ends with the dialog. */
export function useCheck() {
  const [state, setState] = useState<CheckState>({ step: 'asked' });
  useEffect(
    () =>
      daybook.on('checkProgress', (progress) => {
        setState((now) => (now.step === 'running' ? { ...now, progress } : now));
      }),
    [],
  );
  const cancel = (): void => {
    if (state.step !== 'running') return;
    daybook.office.cancelCheck().catch((error: unknown) => {
      setState({ step: 'failed', failure: asFailure(error) });
    });
  };
  const run = (repair: boolean): void => {
    setState({ step: 'running', repair, progress: nothingYet });
    daybook.office.check({ repair }).then(
      (report) => {
        setState({ step: 'over', report });
      },
      (error: unknown) => {
        setState({ step: 'failed', failure: asFailure(error) });
      },
    );
  };
  return { state, run, cancel };
}
