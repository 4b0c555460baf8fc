import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { contract } from '../electron/contract/index.ts';
import type { Sort, Where } from '../electron/contract/meetings.ts';
import { meetingsHandlers } from '../electron/handlers/meetings.ts';
import { redisStore } from '../electron/redis/call.ts';
import { loadLibrary } from '../electron/redis/library.ts';
import { Random } from '../test/support/random.ts';
import { type BenchOffice, generate } from './generate.ts';
import { load, type LoadedOffice } from './load.ts';
import { type Measured, measure, type Subject } from './measure.ts';
import { askProofOfConcept, loadProofOfConcept } from './proofOfConcept.ts';
import { type BenchServer, projectRoot, startServer } from './server.ts';

/** What `--json FILE` holds. Times are microseconds, end to end from Node. */
interface Results {
  machine: string;
  commit: string;
  sizes: { size: number; loadSeconds: number; results: Measured[]; ratios: Record<string, number> }[];
}

const types = ['email', 'sms', 'call', 'visit', 'video', 'letter'] as const;
const statuses = ['open', 'planned', 'closed', 'waiting', 'cancelled'] as const;
const zone = 'Europe/Brussels';

/** Distinct queries: one to three types or statuses, perhaps an owner, perhaps a range of days. */
function queryMaker(loaded: LoadedOffice): (round: number) => { where: Where; sort: Sort } {
  return (round) => {
    const random = new Random(1_000 + round);
    const some = <T>(list: readonly T[]): T[] => list.filter(() => random.chance(0.5)).slice(0, 3);
    const all: Where[] = [];
    const ofType = some(types);
    if (ofType.length > 0) all.push({ field: 'type', op: 'anyOf', values: ofType });
    const ofStatus = some(statuses);
    if (ofStatus.length > 0) all.push({ field: 'status', op: 'anyOf', values: ofStatus });
    if (random.chance(0.3)) {
      all.push({ field: 'owner', op: 'anyOf', values: [random.pick(loaded.users)] });
    }
    if (random.chance(0.3)) {
      const year = random.between(2018, 2024);
      all.push({
        field: 'start',
        op: 'between',
        values: [`${String(year)}-03-01`, `${String(year + 1)}-02-01`],
      });
    }
    const by = random.pick(['start', 'title', 'client', 'created'] as const);
    return { where: { all }, sort: [{ by, direction: random.chance(0.5) ? 'ascending' : 'descending' }] };
  };
}

const fetchLibrary = `#!lua name=bench
redis.register_function{function_name='fetch', flags={'no-writes'}, callback=function(keys, args)
  return '[' .. table.concat(redis.call('MGET', unpack(keys)), ',') .. ']'
end}`;

function subjectsOf(server: BenchServer, office: BenchOffice, loaded: LoadedOffice): Subject[] {
  const { redis } = server;
  const store = redisStore(redis, 1);
  const query = queryMaker(loaded);
  const size = office.meetings.length;
  const rowsOf = (round: number): string[] => {
    const random = new Random(round);
    return Array.from({ length: 50 }, () => `{ins:1}:meeting:${String(random.between(0, size - 1))}`);
  };
  const ask = (user: number, input: object): Promise<unknown> =>
    meetingsHandlers.filter(contract.meetings.filter.input.parse(input), {
      store,
      actor: loaded.users[user]!,
      zone,
      windowId: 1,
    });
  const subjects: Subject[] = [
    { kind: 'PING', engine: 'floor', user: '-', ask: () => redis.ping() },
    { kind: 'fetch-50 MGET', engine: 'floor', user: '-', ask: (round) => redis.mget(rowsOf(round)) },
    {
      kind: 'fetch-50 FCALL',
      engine: 'floor',
      user: '-',
      ask: async (round) =>
        JSON.parse((await redis.call('FCALL_RO', 'fetch', 50, ...rowsOf(round))) as string) as unknown,
    },
  ];
  for (const user of [0, 1, 2, 3]) {
    const name = `u${String(user + 1)}`;
    subjects.push(
      {
        kind: 'page+total',
        engine: 'daybook',
        user: name,
        ask: (round) => ask(user, { ...query(round), limit: 50 }),
      },
      {
        kind: 'half-deep page',
        engine: 'daybook',
        user: name,
        ask: (round) =>
          ask(user, { ...query(round), limit: 50, offset: Math.floor(size / [4, 20, 200, 4_000][user]!) }),
      },
      {
        kind: 'screen',
        engine: 'daybook',
        user: name,
        ask: (round) => ask(user, { ...query(round), limit: 50, facets: ['type', 'status', 'priority'] }),
      },
    );
  }
  const emailOpen: Where = {
    all: [
      { field: 'type', op: 'anyOf', values: ['email'] },
      { field: 'status', op: 'anyOf', values: ['open'] },
    ],
  };
  subjects.push(
    { kind: 'email+open', engine: 'daybook', user: 'u1', ask: () => ask(0, { where: emailOpen, limit: 50 }) },
    {
      kind: 'email+open',
      engine: 'proof of concept',
      user: 'u1',
      every: 10,
      ask: () => askProofOfConcept(redis, 1, 'email', 'open'),
    },
  );
  return subjects;
}

function ratiosOf(results: readonly Measured[]): Record<string, number> {
  const of = (kind: string, engine: string, user = 'u1'): number =>
    results.find((each) => each.kind === kind && each.engine === engine && each.user === user)!.medianUs;
  const floor = of('fetch-50 FCALL', 'floor', '-');
  const worst = (kind: string): number =>
    Math.max(...['u1', 'u2', 'u3', 'u4'].map((user) => of(kind, 'daybook', user)));
  return {
    'page+total / fetch-50 FCALL (worst user)': worst('page+total') / floor,
    'screen / fetch-50 FCALL (worst user)': worst('screen') / floor,
    'half-deep / first page (u1)': of('half-deep page', 'daybook') / of('page+total', 'daybook'),
    'proof of concept / daybook (email+open, u1)':
      of('email+open', 'proof of concept') / of('email+open', 'daybook'),
  };
}

function print(
  size: number,
  loadSeconds: number,
  results: readonly Measured[],
  ratios: Record<string, number>,
): void {
  const line = (text: string): void => void process.stdout.write(`${text}\n`);
  line(`\n${size.toLocaleString('en')} meetings, loaded and ranked in ${loadSeconds.toFixed(1)} s`);
  line('kind              engine            user   median µs      p95 µs  samples');
  for (const each of results) {
    const times = [each.medianUs, each.p95Us].map((us) => us.toFixed(0).padStart(11)).join(' ');
    line(
      `${each.kind.padEnd(17)} ${each.engine.padEnd(17)} ${each.user.padEnd(4)} ${times} ${String(each.samples).padStart(8)}`,
    );
  }
  for (const [name, ratio] of Object.entries(ratios)) line(`  ${name}: ${ratio.toFixed(1)}`);
}

async function runSize(size: number, rounds: number): Promise<Results['sizes'][number]> {
  const office = generate(size);
  const server = await startServer();
  try {
    await loadLibrary(server.redis, path.join(projectRoot, 'lua'));
    await server.redis.call('FUNCTION', 'LOAD', 'REPLACE', fetchLibrary);
    const store = redisStore(server.redis, 1);
    const begun = performance.now();
    const loaded = await load(store, office);
    const loadSeconds = (performance.now() - begun) / 1_000;
    await loadProofOfConcept(server.redis, office);
    const results = await measure(subjectsOf(server, office, loaded), rounds, async (round) => {
      const fields = contract.meetings.create.input.parse({
        writeId: `round-${String(round + 1_000)}`,
        fields: {
          clientId: loaded.clients[0],
          ownerId: loaded.users[0],
          title: `Written in round ${String(round)}`,
          type: 'email',
          status: 'open',
          start: { date: '2020-05-05' },
        },
      });
      await meetingsHandlers.create(fields, { store, actor: loaded.users[0]!, zone, windowId: 1 });
    });
    const ratios = ratiosOf(results);
    print(size, loadSeconds, results, ratios);
    return { size, loadSeconds, results, ratios };
  } finally {
    await server.stop();
  }
}

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000' },
    rounds: { type: 'string', default: '500' },
    json: { type: 'string' },
  },
});
const results: Results = {
  machine: `${String(os.cpus().length)} cores, ${os.cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`,
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: projectRoot,
    encoding: 'utf8',
  }).trim(),
  sizes: [],
};
for (const size of values.sizes.split(',').map(Number))
  results.sizes.push(await runSize(size, Number(values.rounds)));
if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
