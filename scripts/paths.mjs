// Where things are, for every script.
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

export const inRoot = (...parts) => path.join(root, ...parts);

/** `linux-x64`, `darwin-arm64`, `win32-x64`: Node's own names. */
export const platformKey = `${process.platform}-${process.arch}`;

const exe = process.platform === 'win32' ? '.exe' : '';

export const engineDir = inRoot('resources', 'redis', platformKey);
export const redisServerPath = path.join(engineDir, `redis-server${exe}`);
export const launcherPath = path.join(engineDir, `daybook-launcher${exe}`);
export const engineRecordPath = path.join(engineDir, 'built.json');

/** Things that are costly to get and the same for every checkout of this user. */
export const userCacheDir = path.join(
  process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'),
  'daybook',
);

/** Things that belong to this checkout only. */
export const localCacheDir = inRoot('.cache');

/** The engine that fails when a test wants it to; never packaged. */
export const faultEnginePath = path.join(localCacheDir, 'fault-engine', 'redis-server-faults');

export function readJson(file) {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

export const packageJson = () => JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
