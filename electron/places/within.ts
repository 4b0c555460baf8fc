/** Something did not happen in time. It may still happen, and nobody hears of it. */
export class TooLate extends Error {}

/** What a step answers, as long as it does so in time: for folders on drives that may not answer at all. @throws TooLate */
export async function within<T>(ms: number, step: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new TooLate());
    }, ms);
  });
  // Whatever becomes of it later is of no interest.
  step.catch(() => undefined);
  return Promise.race([step, late]).finally(() => {
    clearTimeout(timer);
  });
}
