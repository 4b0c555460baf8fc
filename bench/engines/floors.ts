import type { Redis } from 'ioredis';
import { Random } from '../../test/support/random.ts';

const library = `#!lua name=bench
redis.register_function{function_name='fetch', flags={'no-writes'}, callback=function(keys, args)
  local texts = redis.call('MGET', unpack(keys))
  for at = 1, #texts do texts[at] = texts[at] or 'null' end
  return '[' .. table.concat(texts, ',') .. ']'
end}`;

/** What no engine behind a socket can be quicker than. */
export interface Floor {
  readonly kind: 'PING' | 'fetch-50 MGET' | 'fetch-50 FCALL';
  ask(round: number): Promise<unknown>;
}

export const loadFloors = (redis: Redis): Promise<unknown> =>
  redis.call('FUNCTION', 'LOAD', 'REPLACE', library);

/** @param size records there are to fetch */
export function floorsOf(redis: Redis, size: number): Floor[] {
  const keys = (round: number, seed: number): string[] => {
    const random = new Random(seed + round);
    return Array.from({ length: 50 }, () => `{ins:1}:meeting:${String(random.between(0, size - 1))}`);
  };
  return [
    { kind: 'PING', ask: () => redis.ping() },
    { kind: 'fetch-50 MGET', ask: (round) => redis.mget(keys(round, 1_000_000)) },
    {
      kind: 'fetch-50 FCALL',
      ask: async (round) =>
        JSON.parse(
          (await redis.call('FCALL_RO', 'fetch', 50, ...keys(round, 2_000_000))) as string,
        ) as unknown,
    },
  ];
}
