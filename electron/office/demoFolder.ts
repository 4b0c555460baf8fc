import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { luaFiles } from '../redis/luaFiles.ts';
import { newThrowAway, removeAbandoned } from './throwAway.ts';

/** How to sign in at a demo office; shown on screen. */
const demoFacts = z.object({
  users: z.array(z.object({ userName: z.string(), displayName: z.string(), role: z.string() })),
  password: z.string(),
});
export type DemoFacts = z.infer<typeof demoFacts>;

/** Where a made demo office is kept, and what it depends on: made with other parts, it is another office. */
export interface DemoCache {
  readonly folder: string;
  readonly digest: string;
}

const factsName = 'demo.json';
const prefix = 'daybook-demo-';
const dayMs = 86_400_000;

/** Digest of everything a demo office is made by: the program itself and the Lua sources. */
export function demoDigest(appVersion: string, program: string, luaFolder: string): string {
  const hash = createHash('sha256').update(appVersion).update(readFileSync(program));
  for (const name of luaFiles(luaFolder)) hash.update(name).update(readFileSync(path.join(luaFolder, name)));
  return hash.digest('hex').slice(0, 16);
}

/** What the running engine keeps for itself has no place in a copy. */
const isOffice = (file: string): boolean =>
  !['lock', 'engine.log', 'engine.log.1'].includes(path.basename(file));

/** A folder for this run, holding a copy of the office when one was made before. */
export function newDemoFolder(cache: DemoCache): { folder: string; facts: DemoFacts | null } {
  const folder = newThrowAway(prefix);
  const made = path.join(cache.folder, cache.digest);
  try {
    const facts = demoFacts.parse(JSON.parse(readFileSync(path.join(made, factsName), 'utf8')));
    cpSync(made, folder, { recursive: true, filter: isOffice });
    return { folder, facts };
  } catch {
    // Not made yet, or somebody is clearing the cache: it is made again.
    rmSync(path.join(folder, 'data'), { recursive: true, force: true });
    return { folder, facts: null };
  }
}

/** Keeps a made office for the next run; a cache that cannot be written only costs time then. */
export function keepDemo(cache: DemoCache, folder: string, facts: DemoFacts): void {
  const kept = path.join(cache.folder, cache.digest);
  const temporary = `${kept}.${String(process.pid)}.tmp`;
  try {
    mkdirSync(cache.folder, { recursive: true, mode: 0o700 });
    cpSync(folder, temporary, { recursive: true, filter: isOffice });
    writeFileSync(path.join(temporary, factsName), JSON.stringify(facts));
    if (!existsSync(kept)) renameSync(temporary, kept);
    for (const name of readdirSync(cache.folder)) {
      const other = path.join(cache.folder, name);
      if (other !== kept && Date.now() - statSync(other).mtimeMs > dayMs)
        rmSync(other, { recursive: true, force: true });
    }
  } catch {
    // Same reason as above.
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Demo folders of runs that crashed. */
export const removeAbandonedDemos = (): void => {
  removeAbandoned(prefix);
};
