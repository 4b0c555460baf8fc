import type { Redis } from 'ioredis';
import type { Answer, Row } from '../answer.ts';
import type { BenchMeeting } from '../generate.ts';
import type { Columns } from '../oracle/columns.ts';
import { facetValues, type Query } from '../queries.ts';
import type { Change, Engine, Ready } from './engine.ts';

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

type Stored = Row & { client: string };
type Pipeline = ReturnType<Redis['pipeline']>;

/** Ids of one length: SORT breaks ties by their text. */
const idOf = (number: number): string => String(number).padStart(9, '0');
const setsOf = ({ type, status }: BenchMeeting): string[] => [`poc:type:${type}`, `poc:status:${status}`];

/** Answers first pages of one type and one status, by start. */
export class ProofOfConcept implements Engine {
  readonly name = 'proof of concept';
  readonly #redis: Redis;
  readonly #columns: Columns;

  constructor(redis: Redis, columns: Columns) {
    this.#redis = redis;
    this.#columns = columns;
  }

  async load(): Promise<void> {
    for (const [user, clients] of this.#columns.sees.entries()) {
      const seen = [...clients.keys()].filter((client) => clients[client] === 1);
      for (let from = 0; from < seen.length; from += 1_000)
        await this.#redis.sadd(`poc:clients_for_user:${String(user)}`, ...seen.slice(from, from + 1_000));
    }
    let pipeline = this.#redis.pipeline();
    for (let number = 0; number < this.#columns.count; number += 1) {
      if (this.#columns.lives[number] === 1) this.#write(pipeline, number, this.#columns.meeting(number));
      if (number % 2_000 !== 1_999) continue;
      await pipeline.exec();
      pipeline = this.#redis.pipeline();
    }
    await pipeline.exec();
  }

  ready(user: number, { filter, offset, limit }: Query): Ready {
    const keys = [
      `poc:clients_for_user:${String(user)}`,
      `poc:type:${facetValues.type[filter.type[0]!]!}`,
      `poc:status:${facetValues.status[filter.status[0]!]!}`,
    ];
    return {
      ask: () => this.#redis.eval(script, keys.length, ...keys, offset, limit),
      read: (reply) => {
        const [total, page] = reply as [number, string[]];
        return { rows: page.map((text) => JSON.parse(text) as Stored), total, counts: null } satisfies Answer;
      },
    };
  }

  readyChange({ kind, number, before, meeting }: Change): Promise<() => Promise<unknown>> {
    return Promise.resolve(() => {
      const pipeline = this.#redis.multi();
      for (const set of setsOf(before ?? meeting)) pipeline.srem(set, idOf(number));
      if (kind === 'delete') pipeline.del(`poc:meeting:${idOf(number)}`);
      else this.#write(pipeline, number, meeting);
      return pipeline.exec();
    });
  }

  #write(pipeline: Pipeline, number: number, meeting: BenchMeeting): void {
    const { client, owner, ...fields } = meeting;
    const names = { client: this.#columns.clientNames[client]!, owner: this.#columns.ownerNames[owner]! };
    for (const set of setsOf(meeting)) pipeline.sadd(set, idOf(number));
    pipeline.hset(`poc:meeting:${idOf(number)}`, {
      client,
      date: Date.parse(meeting.start) / 60_000,
      details: JSON.stringify({ number, ...names, ...fields }),
    });
  }
}
