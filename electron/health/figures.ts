import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { OfficeHealth } from '../contract/health.ts';

/** A value of the engine's INFO; empty where it says nothing of it. */
export const infoOf = (info: string, name: string): string =>
  new RegExp(`^${name}:([^\\r\\n]*)`, 'm').exec(info)?.[1] ?? '';
const numberOf = (info: string, name: string): number => Number(infoOf(info, name)) || 0;

/** What the engine says of itself. */
export const engineFigures = (
  info: string,
): Pick<OfficeHealth, 'engineVersion' | 'uptimeSeconds' | 'memoryBytes' | 'memoryLimitBytes'> => ({
  engineVersion: infoOf(info, 'redis_version'),
  uptimeSeconds: numberOf(info, 'uptime_in_seconds'),
  memoryBytes: numberOf(info, 'used_memory'),
  memoryLimitBytes: numberOf(info, 'maxmemory'),
});

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    // The engine replaced it meanwhile.
    return 0;
  }
}

/** Bytes of all files in a folder, however deep; none when it is not there. */
export async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map((entry) => {
      const inside = path.join(folder, entry.name);
      if (entry.isDirectory()) return bytesIn(inside);
      return entry.isFile() ? sizeOf(inside) : Promise.resolve(0);
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
