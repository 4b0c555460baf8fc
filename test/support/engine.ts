import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { silentLog } from '../../electron/log.ts';
import type { Transport } from '../../electron/redis/address.ts';
import type { EngineOptions } from '../../electron/redis/engine.ts';
import { projectRoot } from './projectRoot.ts';

const exe = process.platform === 'win32' ? '.exe' : '';
const engineFolder = path.join(projectRoot, 'resources', 'redis', `${process.platform}-${process.arch}`);

/** The launcher and the engine that the program ships with. */
export const enginePrograms = {
  launcher: path.join(engineFolder, `daybook-launcher${exe}`),
  redisServer: path.join(engineFolder, `redis-server${exe}`),
};
export const luaFolder = path.join(projectRoot, 'lua');

/** Empty folders that go away with `removeFolders`. */
const folders: string[] = [];
export function newFolder(name = 'daybook-test-'): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), name));
  folders.push(folder);
  return folder;
}
export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export const engineOptions = (dataFolder: string, transport: Transport = 'socket'): EngineOptions => ({
  ...enginePrograms,
  dataFolder,
  transport,
  maxMemoryBytes: 256 * 1024 * 1024,
  log: silentLog,
  lockPatienceMs: 0,
});

/** Whether a process with this number runs; one that has ended but was not collected yet does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${String(pid)}/status`, 'utf8'));
  } catch {
    return false;
  }
}

export const fileNames = (folder: string): string[] => readdirSync(folder).sort();

/** Asks again and again until something holds. */
export async function until(holds: () => boolean | Promise<boolean>, timeoutMs = 20_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('it did not come to that in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
