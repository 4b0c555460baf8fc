import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Address } from './configuration.ts';

export type Transport = 'socket' | 'tcp';

/** Windows has no sockets in folders that Redis could use; DAYBOOK_ENGINE_TRANSPORT=tcp tries its way elsewhere. */
export function transportHere(env: NodeJS.ProcessEnv = process.env): Transport {
  return process.platform === 'win32' || env['DAYBOOK_ENGINE_TRANSPORT'] === 'tcp' ? 'tcp' : 'socket';
}

/** The kernel's limit on a socket's path, without its closing zero. */
const longestPath = process.platform === 'darwin' ? 103 : 107;

/** Makes the folder, or makes sure that nobody else owns it or can enter it: in /tmp anybody may be first. */
function ownFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = lstatSync(folder);
    return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
  } catch {
    return false;
  }
}

/**
 * A socket for one data folder; the same one each time, so that a crash leaves nothing behind that piles up.
 * @throws when there is no short folder that belongs to this user alone
 */
export function socketAddress(dataFolder: string, env: NodeJS.ProcessEnv = process.env): Address {
  const name = `${createHash('sha256').update(path.resolve(dataFolder)).digest('hex').slice(0, 16)}.sock`;
  const given = env['XDG_RUNTIME_DIR'];
  const ofUser = `daybook-${String(process.getuid?.() ?? 0)}`;
  const folders = [
    ...(given ? [path.join(given, 'daybook')] : []),
    path.join('/tmp', ofUser),
    path.join(os.tmpdir(), ofUser),
  ];
  for (const folder of folders) {
    const socket = path.join(folder, name);
    if (Buffer.byteLength(socket) <= longestPath && ownFolder(folder)) return { path: socket };
  }
  throw new Error(`no folder of this user alone for a socket: ${folders.join(', ')}`);
}

/** A port that is free now; somebody may still be faster, so whoever uses it tries again with another one. */
export function freePort(): Promise<Address> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const bound = server.address();
      const port = typeof bound === 'object' && bound ? bound.port : 0;
      server.close(() => {
        resolve({ host: '127.0.0.1', port });
      });
    });
  });
}
