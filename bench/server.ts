import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

export const projectRoot = path.resolve(import.meta.dirname, '..');
const binary = path.join(
  projectRoot,
  'resources/redis',
  `${process.platform}-${process.arch}`,
  'redis-server',
);

export interface BenchServer {
  redis: Redis;
  stop(): Promise<void>;
}

/** The bundled engine as the program runs it: every write on disk before it is acknowledged. */
export async function startServer(): Promise<BenchServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'daybook-bench-'));
  const socket = path.join(folder, 's');
  const settings = [
    ['--port', '0'],
    ['--unixsocket', socket],
    ['--dir', folder],
    ['--save', ''],
    ['--appendonly', 'yes'],
    ['--appendfsync', 'always'],
    ['--auto-aof-rewrite-percentage', '0'],
    ['--set-max-intset-entries', '8192'],
  ];
  const server = spawn(binary, settings.flat(), { stdio: 'ignore', env: { ...process.env, LC_ALL: 'C' } });
  const redis = new Redis({ path: socket, lazyConnect: true, retryStrategy: () => 20 });
  redis.on('error', () => undefined);
  for (let tries = 0; tries < 200; tries += 1) {
    try {
      await redis.connect();
      break;
    } catch {
      await sleep(20);
    }
  }
  return {
    redis,
    async stop() {
      redis.disconnect();
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
