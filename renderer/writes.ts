import { asFailure } from './failureText.ts';

const attempts = 3;

/** Ids of writes whose outcome is unknown, by what they were to write: pressing Save again must not do it twice. */
const unknownOutcomes = new Map<string, string>();

/**
 * Runs a write with an id of its own. When the outcome is unknown it is asked again with the same id, which the store
 * answers without doing it twice; after that the failure is the person's to see.
 * @param what names the write and its content: the same text after an unknown outcome gets the same id again
 */
export async function write<T>(what: unknown, run: (writeId: string) => Promise<T>): Promise<T> {
  const key = JSON.stringify(what);
  const writeId = unknownOutcomes.get(key) ?? crypto.randomUUID();
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await run(writeId);
      unknownOutcomes.delete(key);
      return answer;
    } catch (error) {
      const unknown = asFailure(error).code === 'UNKNOWN_OUTCOME';
      if (unknown && attempt < attempts) continue;
      if (unknown) unknownOutcomes.set(key, writeId);
      else unknownOutcomes.delete(key);
      throw error;
    }
  }
}

/** At sign-out: what one user tried is not repeated under the name of the next. */
export function forgetWrites(): void {
  unknownOutcomes.clear();
}
