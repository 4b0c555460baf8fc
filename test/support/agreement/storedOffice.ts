import type { ChainableCommander, Redis } from 'ioredis';

/** Everything the store holds of one office, by the keys' names without the office's prefix. */
export interface StoredOffice {
  readonly strings: ReadonlyMap<string, Buffer>;
  readonly sets: ReadonlyMap<string, ReadonlySet<string>>;
  readonly hashes: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Members in their order, with scores. */
  readonly sortedSets: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Every key, whatever it holds. */
  readonly names: readonly string[];
}

const keysAtOnce = 1_000;

/**
 * Reads a whole office with plain commands, without any function of the program.
 * @param redis a connection that may read the office's keys
 * @param office number of the office
 */
export async function readStoredOffice(redis: Redis, office: number): Promise<StoredOffice> {
  const prefix = `{ins:${String(office)}}:`;
  const keys = await allKeys(redis, `${prefix}*`);
  const stored = {
    strings: new Map<string, Buffer>(),
    sets: new Map<string, Set<string>>(),
    hashes: new Map<string, Record<string, string>>(),
    sortedSets: new Map<string, Map<string, number>>(),
    names: keys.map((key) => key.slice(prefix.length)),
  };
  for (let from = 0; from < keys.length; from += keysAtOnce) {
    const some = keys.slice(from, from + keysAtOnce);
    const types = await answers(redis, some, (pipeline, key) => pipeline.type(key));
    const kept = some
      .map((key, at) => ({ key, type: types[at] as string }))
      .filter(({ type }) => type in read);
    const values = await answers(redis, kept, (pipeline, { key, type }) =>
      read[type as keyof typeof read](pipeline, key),
    );
    kept.forEach(({ key, type }, at) => keep(stored, key.slice(prefix.length), type, values[at]));
  }
  return stored;
}

const read = {
  string: (pipeline: ChainableCommander, key: string) => pipeline.getBuffer(key),
  set: (pipeline: ChainableCommander, key: string) => pipeline.smembers(key),
  hash: (pipeline: ChainableCommander, key: string) => pipeline.hgetall(key),
  zset: (pipeline: ChainableCommander, key: string) => pipeline.zrange(key, '0', '-1', 'WITHSCORES'),
};

function keep(
  { strings, sets, hashes, sortedSets }: Record<keyof Omit<StoredOffice, 'names'>, Map<string, unknown>>,
  name: string,
  type: string,
  value: unknown,
): void {
  if (type === 'string') strings.set(name, value);
  if (type === 'set') sets.set(name, new Set(value as string[]));
  if (type === 'hash') hashes.set(name, value);
  if (type === 'zset') {
    const list = value as string[];
    const members = new Map<string, number>();
    for (let at = 0; at < list.length; at += 2) members.set(list[at] ?? '', Number(list[at + 1]));
    sortedSets.set(name, members);
  }
}

/** Each once, sorted. Asks step by step, as the program's own account may. */
export async function allKeys(redis: Redis, pattern: string): Promise<string[]> {
  const found = new Set<string>();
  let cursor = '0';
  do {
    const [next, some] = await redis.scan(cursor, 'MATCH', pattern, 'COUNT', keysAtOnce);
    for (const key of some) found.add(key);
    cursor = next;
  } while (cursor !== '0');
  return [...found].sort();
}

/** Asks all at once. @returns the answers, in their order @throws the first that failed */
export async function answers<T>(
  redis: Redis,
  asked: readonly T[],
  ask: (pipeline: ChainableCommander, one: T) => ChainableCommander,
): Promise<unknown[]> {
  const pipeline = redis.pipeline();
  for (const one of asked) ask(pipeline, one);
  return ((await pipeline.exec()) ?? []).map(([error, value]) => {
    if (error) throw error;
    return value;
  });
}

/** Positions of the set bits, ascending. */
export function bitsOf(bitmap: Buffer | undefined): number[] {
  const found: number[] = [];
  bitmap?.forEach((byte, at) => {
    for (let bit = 0; byte !== 0 && bit < 8; bit += 1) if (byte & (0x80 >>> bit)) found.push(at * 8 + bit);
  });
  return found;
}

/** Whether a bit is set; beyond the end none is. */
export const hasBit = (bitmap: Buffer | undefined, position: number): boolean =>
  ((bitmap?.[position >>> 3] ?? 0) & (0x80 >>> (position & 7))) !== 0;
