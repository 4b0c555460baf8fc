import type { Redis } from 'ioredis';
import { answers } from '../support/agreement/storedOffice.ts';

/** Every key of an office as it is kept, to compare and to put back. */
export type Contents = ReadonlyMap<string, Buffer>;

const keysOf = async (redis: Redis): Promise<string[]> => (await redis.keys('{ins:1}:*')).sort();

/** A key that is gone is null. One after the other thousands of them take a second. */
const dumps = (redis: Redis, names: readonly string[]): Promise<(Buffer | null)[]> =>
  answers(redis, names, (pipeline, name) => pipeline.dumpBuffer(name)) as Promise<(Buffer | null)[]>;

export async function contentsOf(redis: Redis): Promise<Contents> {
  const names = await keysOf(redis);
  const found = await dumps(redis, names);
  return new Map(names.map((name, at) => [name, found[at]!]));
}

export async function putBack(redis: Redis, contents: Contents): Promise<void> {
  for (const name of await keysOf(redis)) if (!contents.has(name)) await redis.del(name);
  const found = await dumps(redis, [...contents.keys()]);
  for (const [at, [name, content]] of [...contents].entries())
    if (!found[at]?.equals(content)) await redis.restore(name, 0, content, 'REPLACE');
}

/** Keys that are not kept alike. */
export function changedBetween(one: Contents, other: Contents): string[] {
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names].filter((name) => {
    const [before, after] = [one.get(name), other.get(name)];
    return !before || !after || !before.equals(after);
  });
}
