import type { Redis } from 'ioredis';

/** Every key of an office as it is kept, to compare and to put back. */
export type Contents = ReadonlyMap<string, Buffer>;

const keysOf = async (redis: Redis): Promise<string[]> => (await redis.keys('{ins:1}:*')).sort();

export async function contentsOf(redis: Redis): Promise<Contents> {
  const names = await keysOf(redis);
  const contents = new Map<string, Buffer>();
  for (const name of names) contents.set(name, (await redis.dumpBuffer(name))!);
  return contents;
}

export async function putBack(redis: Redis, contents: Contents): Promise<void> {
  for (const name of await keysOf(redis)) if (!contents.has(name)) await redis.del(name);
  for (const [name, content] of contents)
    if (!(await redis.dumpBuffer(name))?.equals(content)) await redis.restore(name, 0, content, 'REPLACE');
}

/** Keys that are not kept alike. */
export function changedBetween(one: Contents, other: Contents): string[] {
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names].filter((name) => {
    const [before, after] = [one.get(name), other.get(name)];
    return !before || !after || !before.equals(after);
  });
}
