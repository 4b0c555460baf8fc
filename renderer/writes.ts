import type { FailureCode } from '../electron/contract/failure.ts';
import { failureSentence } from '../electron/contract/failureText.ts';
import { asFailure } from './failureText.ts';

const attempts = 3;
const pauseMs = 1_000;

/** Ids of writes whose outcome is unknown, by what they were to write: pressing Save again must not do it twice. */
const unknownOutcomes = new Map<string, string>();

/** Failures that say nothing of an attempt before: they come from in front of the store. */
const saysNothing: ReadonlySet<FailureCode> = new Set([
  ...([
    'UNKNOWN_OUTCOME',
    'STORE_UNAVAILABLE',
    'STORE_FULL',
    'SIGNED_OUT',
    'NOT_ALLOWED',
    'INTERNAL',
  ] as const),
]);

const pause = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, pauseMs);
  });

const unknown = { code: 'UNKNOWN_OUTCOME', detail: '', message: failureSentence('UNKNOWN_OUTCOME', '') };

/**
 * Runs a write with an id of its own. When the outcome is unknown it is asked again with the same id, which the store
 * answers without doing it twice; after that the failure is the person's to see. The id is kept until the store itself says
 * how it went, whatever is answered meanwhile.
 * @param what names the write and its content: the same text after an unknown outcome gets the same id again
 * @param announce told the id before anything is sent
 */
export async function write<T>(
  what: unknown,
  run: (writeId: string) => Promise<T>,
  announce?: (writeId: string) => Promise<unknown>,
): Promise<T> {
  const key = JSON.stringify(what);
  const writeId = unknownOutcomes.get(key) ?? crypto.randomUUID();
  await announce?.(writeId);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await run(writeId);
      unknownOutcomes.delete(key);
      return answer;
    } catch (error) {
      const { code } = asFailure(error);
      if (code === 'UNKNOWN_OUTCOME') unknownOutcomes.set(key, writeId);
      if (!saysNothing.has(code)) unknownOutcomes.delete(key);
      if (!unknownOutcomes.has(key)) throw error;
      // Nobody may be told that nothing was changed now.
      if (code === 'SIGNED_OUT' || attempt === attempts) throw unknown;
      await pause();
    }
  }
}

/** At sign-out: what one user tried is not repeated under the name of the next. */
export function forgetWrites(): void {
  unknownOutcomes.clear();
}
