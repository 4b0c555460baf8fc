import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { newFolder, until } from '../support/engine.ts';
import type { Random } from '../support/random.ts';
import { readDiary, sumOf } from './diary.ts';
import { engineProcesses } from './doomedApp.ts';
import { judgeSaving } from './judgeSaving.ts';
import { makeSavingOffice } from './savers.ts';

export const standing = ['engine', 'app'] as const;
export type Standing = (typeof standing)[number];

/**
 * People save while the engine or the program stands still for a while, as when a computer sleeps; told on the console.
 * @param forMs least and most time of a standstill
 */
export async function standStill(
  who: Standing,
  times: number,
  forMs: readonly [number, number],
  random: Random,
): Promise<void> {
  const folder = await makeSavingOffice();
  const file = path.join(newFolder(), 'diary');
  const app = fork(path.join(import.meta.dirname, 'savingApp.ts'), [folder, file, who], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(app, 'exit');
  await once(app, 'message');
  const goesOnMs: number[] = [];
  for (let at = 0; at < times; at += 1) {
    await pause(300);
    const pid = who === 'engine' ? engineProcesses(folder).redis : app.pid!;
    process.kill(pid, 'SIGSTOP');
    await pause(random.between(...forMs));
    const before = sumOf(readDiary(file));
    process.kill(pid, 'SIGCONT');
    const began = performance.now();
    await until(() => sumOf(readDiary(file)) > before + 6);
    goesOnMs.push(performance.now() - began);
  }
  app.send('end');
  await exited;
  const { wrongs } = await judgeSaving(path.join(folder, 'data'), readDiary(file), null);
  console.log(
    `${who}: ${String(times)} standstills, ${String(sumOf(readDiary(file)))} saved, none lost; saved again after at most ${Math.max(...goesOnMs).toFixed(0)} ms`,
  );
  expect(wrongs).toEqual([]);
}
