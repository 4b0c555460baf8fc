import { schemaVersion } from '../../electron/contract/office.ts';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { RedisMemoryServer } from 'redis-memory-server';
import { fold } from '../../electron/text/fold.ts';
import type { Context } from '../../electron/handlers/context.ts';
import { redisStore } from '../../electron/redis/call.ts';
import { loadLibrary } from '../../electron/redis/library.ts';
import type { Store } from '../../electron/redis/store.ts';
import { projectRoot } from './projectRoot.ts';

export { projectRoot };
export const redisBinary = path.join(
  projectRoot,
  'resources/redis',
  `${process.platform}-${process.arch}`,
  'redis-server',
);

export interface TestStore {
  readonly store: Store;
  /** For tests that look behind the functions. */
  readonly redis: Redis;
  readonly administrator: string;
  /** The office's number, by which its keys are named. */
  readonly number: number;
  /** What a handler needs to know of a signed-in user. */
  as(userId: string): Context;
  /** An office with the administrator alone, in the same server. */
  newOffice(zone?: string): Promise<TestStore>;
  stop(): Promise<void>;
}

let offices = 0;

async function office(redis: Redis, zone: string, stop: () => Promise<void>): Promise<TestStore> {
  offices += 1;
  const number = offices;
  const store = redisStore(redis, number);
  const { userId } = (await store.call('office_create', {
    schema: schemaVersion,
    name: `Office ${String(number)}`,
    zone,
    administrator: {
      userName: 'admin',
      userNameKey: 'admin',
      displayName: 'Ada Min',
      nameKey: fold('Ada Min'),
    },
    secret: '',
  })) as { userId: string };
  return {
    store,
    redis,
    administrator: userId,
    number,
    as: (actor) => ({ store, actor, zone, windowId: 1 }),
    newOffice: (otherZone = zone) => office(redis, otherZone, () => Promise.resolve()),
    stop,
  };
}

/**
 * A real redis-server with the Lua library and an empty office. String order in Lua follows the locale, hence LC_ALL.
 * @param zone the office's zone
 */
export async function startStore(zone = 'Europe/Brussels'): Promise<TestStore> {
  // A missing file would silently become a download.
  if (!existsSync(redisBinary))
    throw new Error('redis-server is not built; run npm test or node scripts/setup.mjs');
  process.env['LC_ALL'] = 'C';
  const folder = mkdtempSync(path.join(tmpdir(), 'daybook-test-'));
  const socket = path.join(folder, 'redis.sock');
  const server = await RedisMemoryServer.create({
    instance: { args: ['--unixsocket', socket, '--dir', folder, '--set-max-intset-entries', '8192'] },
    binary: { systemBinary: redisBinary },
  });
  await server.ensureInstance();
  const redis = new Redis({ path: socket });
  await loadLibrary(redis, path.join(projectRoot, 'lua'));
  return office(redis, zone, async () => {
    redis.disconnect();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
}
