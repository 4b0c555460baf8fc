import type { Redis } from 'ioredis';
import type { BenchOffice } from './generate.ts';

/**
 * The proof of concept Daybook grew from, with its known bug fixed (the temporary sets are emptied first): intersect the
 * filter sets, read each meeting's client from its hash, keep those of the user's clients, SORT by a field of the hashes.
 */
const script = `
redis.call('DEL', 'poc:found', 'poc:seen')
redis.call('SINTERSTORE', 'poc:found', unpack(KEYS, 2))
for _, id in ipairs(redis.call('SMEMBERS', 'poc:found')) do
  if redis.call('SISMEMBER', KEYS[1], redis.call('HGET', 'poc:meeting:' .. id, 'client')) == 1 then
    redis.call('SADD', 'poc:seen', id)
  end
end
local page = redis.call('SORT', 'poc:seen', 'BY', 'poc:meeting:*->date', 'LIMIT', ARGV[1], ARGV[2], 'GET', 'poc:meeting:*->details')
local total = redis.call('SCARD', 'poc:seen')
redis.call('DEL', 'poc:found', 'poc:seen')
return { total, page }
`;

export async function loadProofOfConcept(redis: Redis, office: BenchOffice): Promise<void> {
  for (const [at, clients] of office.visible.entries()) {
    for (let from = 0; from < clients.length; from += 1_000) {
      await redis.sadd(`poc:clients_for_user:${String(at + 1)}`, ...clients.slice(from, from + 1_000));
    }
  }
  let pipeline = redis.pipeline();
  for (const [id, meeting] of office.meetings.entries()) {
    pipeline.sadd(`poc:type:${meeting.type}`, id);
    pipeline.sadd(`poc:status:${meeting.status}`, id);
    pipeline.hset(`poc:meeting:${String(id)}`, {
      client: meeting.client,
      date: Date.parse(meeting.start) / 60_000,
      details: JSON.stringify(meeting),
    });
    if (id % 2_000 === 1_999) {
      await pipeline.exec();
      pipeline = redis.pipeline();
    }
  }
  await pipeline.exec();
}

/** First page of 50 meetings of a type and status, as a user sees them. */
export const askProofOfConcept = (
  redis: Redis,
  user: number,
  type: string,
  status: string,
): Promise<unknown> =>
  redis.eval(
    script,
    3,
    `poc:clients_for_user:${String(user)}`,
    `poc:type:${type}`,
    `poc:status:${status}`,
    0,
    50,
  );
