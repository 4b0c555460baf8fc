import { readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Paths of all Lua files below a folder, relative to it and sorted.
 * Walks by itself: the oldest runtime the program runs on does not know the recursive option of readdir.
 */
export function luaFiles(folder: string): string[] {
  const files = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory())
      return luaFiles(path.join(folder, entry.name)).map((name) => path.join(entry.name, name));
    return entry.name.endsWith('.lua') ? [entry.name] : [];
  });
  return files.sort();
}
