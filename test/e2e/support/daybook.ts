import type { Page } from 'playwright-core';
import type { FailureShape } from '../../../electron/contract/failure.ts';
import type { Contract, InputOf, OutputOf } from '../../../electron/contract/index.ts';

type Answer = { readonly value: unknown } | { readonly failure: unknown };

/** Runs a piece of the page's own language; what it rejects with comes back as it was. */
async function run(page: Page, expression: string): Promise<Answer> {
  const caught = 'then((value) => ({ value }), (failure) => ({ failure }))';
  // As one text: long lists travel much faster so.
  const text = await page.evaluate<string>(
    `Promise.resolve().then(() => ${expression}).${caught}.then(JSON.stringify)`,
  );
  return JSON.parse(text) as Answer;
}

const told = (failure: unknown): string => JSON.stringify(failure);

/** What the window can ask the program, as `window.daybook.noun.call(input)`. */
export async function ask<N extends keyof Contract, K extends keyof Contract[N] & string>(
  page: Page,
  noun: N,
  name: K,
  input?: InputOf<Contract[N][K]>,
): Promise<OutputOf<Contract[N][K]>> {
  const answer = await run(page, `window.daybook.${noun}.${name}(${JSON.stringify(input) ?? ''})`);
  if ('failure' in answer) throw new Error(`${noun}.${name} failed: ${told(answer.failure)}`);
  return answer.value as OutputOf<Contract[N][K]>;
}

/**
 * The failure a call answers.
 * @param call as the page would write it, because some values exist only there: `meetings.get({ id: 7 })`
 * @throws when it succeeds
 */
export async function refusal(page: Page, call: string): Promise<FailureShape> {
  const answer = await run(page, `window.daybook.${call}`);
  if ('value' in answer) throw new Error(`${call} was answered: ${told(answer.value)}`);
  return answer.failure as FailureShape;
}

/** Number of the latest entry of the journal: it grows with everything that is written. */
export async function latestEntry(page: Page): Promise<number> {
  const { entries } = await ask(page, 'journal', 'list', { limit: 1 });
  return entries[0]?.entry ?? 0;
}

export const newWriteId = (): string => crypto.randomUUID();
