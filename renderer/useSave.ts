import { useState } from 'react';
import type { FailureShape } from '../electron/contract/failure.ts';
import { asFailure } from './failureText.ts';

/** The sending of a form: one at a time, and the failure stays until the next try. */
export function useSave() {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureShape | null>(null);
  const save = (run: () => Promise<void>): void => {
    setBusy(true);
    setFailure(null);
    run()
      .catch((error: unknown) => {
        setFailure(asFailure(error));
      })
      .finally(() => {
        setBusy(false);
      });
  };
  return { busy, failure, save };
}
