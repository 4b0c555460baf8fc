import type { Redis } from 'ioredis';

/** Every key of an office as it is kept, to compare and to put back. */
export type Contents = ReadonlyMap<string, Buffer>;

const keysOf = async (redis: Redis): Promise<string[]> => (await redis.keys('{ins:1}:*')).sort();

/** A key that is gone is null. All are asked for at once: one after the other thousands of them take a second. */
async function dumps(redis: Redis, names: readonly string[]): Promise<(Buffer | null)[]> {
  const pipeline = redis.pipeline();
  for (const name of names) pipeline.dumpBuffer(name);
  return ((await pipeline.exec()) ?? []).map(([error, content]) => {
    if (error) throw error;
    return content as Buffer | null;
  });
}

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
