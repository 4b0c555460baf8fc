// Lets one process at a time do a costly step: a second `npm start` waits instead of building over the first.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { localCacheDir } from './paths.mjs';
import { say } from './say.mjs';

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function holderIsAlive(dir) {
  try {
    process.kill(Number(readFileSync(path.join(dir, 'pid'), 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Runs `step` unless `isDone()` already holds, never twice at the same time in one checkout. */
export async function once(name, isDone, step) {
  if (isDone()) return;
  const dir = path.join(localCacheDir, `${name}.lock`);
  mkdirSync(localCacheDir, { recursive: true });
  let told = false;
  for (;;) {
    try {
      mkdirSync(dir);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!told) say(`another Daybook script is busy with "${name}", waiting`);
    told = true;
    await sleep(500);
    if (!holderIsAlive(dir)) rmSync(dir, { recursive: true, force: true });
  }
  writeFileSync(path.join(dir, 'pid'), String(process.pid));
  try {
    if (!isDone()) await step();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
