import { isFailureCode } from '../electron/contract/failure.ts';
import type { FailureShape } from '../electron/contract/failure.ts';
import { failureSentence } from '../electron/contract/failureText.ts';

/** What a rejected call carries, whatever it was: anything that is no failure of the contract counts as INTERNAL. */
export function asFailure(error: unknown): FailureShape {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') {
    const { code } = error;
    if (isFailureCode(code)) {
      const detail = 'detail' in error && typeof error.detail === 'string' ? error.detail : '';
      const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
      return { code, detail, message };
    }
  }
  return { code: 'INTERNAL', detail: String(error), message: '' };
}

/** One sentence for the person; the failure usually brings its own. */
export function failureText(error: unknown): string {
  const failure = asFailure(error);
  return failure.message || failureSentence(failure.code, failure.detail);
}
