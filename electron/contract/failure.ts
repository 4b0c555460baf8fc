import { z } from 'zod';

/**
 * Every way a call can fail, as one closed union. Raised in Lua as `CODE detail`, translated in one
 * place (`electron/redis/call.ts`), carried to the window as `{ ok: false, code, detail, message }`.
 * A client outside a user's visibility answers NOT_FOUND, never NOT_ALLOWED: invisible and absent look the same.
 */
export const failureCodes = [
  'NOT_FOUND',
  'INVALID_INPUT',
  'NOT_ALLOWED',
  'CONFLICT',
  'DUPLICATE',
  'SIGNED_OUT',
  'WRONG_PASSWORD',
  'WRONG_RECOVERY_CODE',
  'TOO_MANY_ATTEMPTS',
  'NO_OFFICE',
  'NO_UPDATE',
  'NO_BACKUP',
  'NO_EXPORT',
  'WRONG_PASSPHRASE',
  'STORE_UNAVAILABLE',
  'STORE_FULL',
  'UNKNOWN_OUTCOME',
  'TOO_COSTLY',
  'CANCELLED',
  'INTERNAL',
] as const;

export type FailureCode = (typeof failureCodes)[number];

/** The wire form of a failure. `detail` is for the log and for tests, `message` is one sentence for the person. */
export const failureShape = z.object({
  code: z.enum(failureCodes),
  detail: z.string(),
  message: z.string(),
});
export type FailureShape = z.infer<typeof failureShape>;

/** A failure inside the main process. `detail` names the field or the noun concerned; it never holds office data the user may not see. */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly detail: string;

  constructor(code: FailureCode, detail = '') {
    super(detail ? `${code} ${detail}` : code);
    this.name = 'Failure';
    this.code = code;
    this.detail = detail;
  }
}

export const isFailureCode = (word: string): word is FailureCode =>
  (failureCodes as readonly string[]).includes(word);
