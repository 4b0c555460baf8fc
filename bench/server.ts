import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { compact } from '../electron/office/compaction.ts';
import { temporaryFolder } from './temporaryFolder.ts';

export const projectRoot = path.resolve(import.meta.dirname, '..');
const binary = path.join(
  projectRoot,
  'resources/redis',
  `${process.platform}-${process.arch}`,
  'redis-server',
);

export interface BenchServer {
  redis: Redis;
  /** Where its files are. */
  folder: string;
  /** Writes the engine's file anew, without its history, as the program does when it closes an office. */
  compact(): Promise<void>;
  /** Ends the engine and leaves its folder. */
  end(): Promise<void>;
  /** Starts it again on its folder; resolves when it has loaded its data. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const settingsOf = (folder: string, socket: string): string[] =>
  [
    ['--port', '0'],
    ['--unixsocket', socket],
    ['--dir', folder],
    ['--save', ''],
    ['--appendonly', 'yes'],
    ['--appendfsync', 'always'],
    ['--auto-aof-rewrite-percentage', '0'],
    ['--set-max-intset-entries', '8192'],
  ].flat();

/** Resolves when the engine answers; while it loads its data it refuses. */
async function untilAnswered(redis: Redis): Promise<void> {
  const deadline = Date.now() + 300_000;
  for (;;) {
    try {
      await redis.ping();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(5);
    }
  }
}

/** The bundled engine as the program runs it: every write on disk before it is acknowledged. */
export async function startServer(): Promise<BenchServer> {
  const { folder, remove } = temporaryFolder();
  const socket = path.join(folder, 's');
  const launch = (): ChildProcess =>
    spawn(binary, settingsOf(folder, socket), { stdio: 'ignore', env: { ...process.env, LC_ALL: 'C' } });
  let server = launch();
  // Before the folder is removed.
  const kill = (): void => void server.kill('SIGKILL');
  process.prependListener('exit', kill);
  const end = async (): Promise<void> => {
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    await ended;
  };
  const redis = new Redis({ path: socket, retryStrategy: () => 10, enableReadyCheck: false });
  redis.on('error', () => undefined);
  await untilAnswered(redis);
  return {
    redis,
    folder,
    compact: () => compact(redis),
    end,
    async start() {
      server = launch();
      await untilAnswered(redis);
    },
    async stop() {
      redis.disconnect();
      await end();
      process.off('exit', kill);
      remove();
    },
  };
}
