import type { Redis } from 'ioredis';

/** Bytes of one part of the store, keys and their overhead included. */
export interface Part {
  part: string;
  keys: number;
  bytes: number;
  /** Whether only some of many keys were asked for their size. */
  sampled: boolean;
}

export interface Memory {
  /** `used_memory` and `used_memory_rss` of the engine, bytes, right after a start on its folder. */
  usedBytes: number;
  residentBytes: number;
  parts: Part[];
}

const partPatterns: readonly [string, RegExp][] = [
  ['records of meetings', /^meeting:/],
  ['records of clients and users', /^(client|user|secret|office|users|user_names)(:|$)/],
  ['ids', /^ids:/],
  ['client of each meeting', /^client_column$/],
  ['text', /^(lexicon:|posting:(meetings|clients)_word:)/],
  ['clients of meetings (postings)', /^posting:client:/],
  ['tags (postings)', /^posting:tag/],
  ['other facets (postings)', /^(posting:|totals:)/],
  ['visibility', /^(live|touched|staged|visible|live_clients|visible_clients|users_of_client)(:|$)/],
  ['orders', /^(order|orders|bounds|unranked)(:|$)/],
  ['names', /^(folded|labels|clients_by_name)(:|$)/],
  ['journal and imports', /^(journal|undone|writes|write_order|import|external_ids)/],
];

const partOf = (key: string): string => {
  const name = key.replace(/^\{ins:\d+\}:/, '');
  return partPatterns.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other';
};

/** Of a part with more keys only some are asked. */
const mostAsked = 2_000;

async function keysByPart(redis: Redis): Promise<Map<string, string[]>> {
  const parts = new Map<string, string[]>();
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'COUNT', 5_000);
    cursor = next;
    for (const key of keys) {
      const part = partOf(key);
      const list = parts.get(part);
      if (list) list.push(key);
      else parts.set(part, [key]);
    }
  } while (cursor !== '0');
  return parts;
}

async function bytesOf(redis: Redis, keys: readonly string[]): Promise<number> {
  const pipeline = redis.pipeline();
  // Of large sets and sorted sets the engine itself looks at so many members.
  for (const key of keys) pipeline.call('MEMORY', 'USAGE', key, 'SAMPLES', '2000');
  const replies = (await pipeline.exec())!;
  return replies.reduce((sum, [, bytes]) => sum + Number(bytes ?? 0), 0);
}

async function measurePart(redis: Redis, part: string, keys: readonly string[]): Promise<Part> {
  const step = Math.ceil(keys.length / mostAsked);
  const asked = keys.filter((_, at) => at % step === 0);
  const bytes = Math.round((await bytesOf(redis, asked)) * (keys.length / asked.length));
  return { part, keys: keys.length, bytes, sampled: step > 1 };
}

/** Where the engine's memory goes. */
export async function measureMemory(redis: Redis): Promise<Memory> {
  const info = await redis.info('memory');
  const number = (name: string): number => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1]);
  const parts: Part[] = [];
  for (const [part, keys] of await keysByPart(redis)) parts.push(await measurePart(redis, part, keys));
  return {
    usedBytes: number('used_memory'),
    residentBytes: number('used_memory_rss'),
    parts: parts.sort((one, other) => other.bytes - one.bytes),
  };
}
