import { setImmediate as turn } from 'node:timers/promises';
import { beyond, bytewise } from './bounds.ts';

/** Keys that are sorted without a pause: a few milliseconds. */
const perTurn = 2_048;

type Compare = (one: string, other: string) => number;

const byCharacter: Compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
const byByte: Compare = (one, other) => bytewise(Buffer.from(one), Buffer.from(other));

/** Sorts keys as Redis compares them, in pieces, so that others have their turn in between. */
export async function sortKeys(keys: readonly string[]): Promise<string[]> {
  let runs: string[][] = [];
  for (let from = 0; from < keys.length; from += perTurn) {
    const some = keys.slice(from, from + perTurn);
    runs.push(some.some((key) => beyond.test(key)) ? some.sort(byByte) : some.sort(byCharacter));
    await turn();
  }
  const compare = keys.some((key) => beyond.test(key)) ? byByte : byCharacter;
  while (runs.length > 1) {
    const merged: string[][] = [];
    for (let at = 0; at < runs.length; at += 2)
      merged.push(await merge(runs[at]!, runs[at + 1] ?? [], compare));
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge(one: readonly string[], other: readonly string[], compare: Compare): Promise<string[]> {
  const merged: string[] = [];
  let at = 0;
  for (const key of one) {
    while (at < other.length && compare(other[at]!, key) < 0) merged.push(other[at++]!);
    merged.push(key);
    if (merged.length % perTurn === 0) await turn();
  }
  for (; at < other.length; at += 1) merged.push(other[at]!);
  return merged;
}
