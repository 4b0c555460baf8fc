import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { newBackend } from '../support/backend.ts';
import { until } from '../support/engine.ts';
import type { Random } from '../support/random.ts';
import { OwnDiary, sumOf } from './diary.ts';
import { engineProcesses } from './doomedApp.ts';
import { judgeSaving } from './judgeSaving.ts';
import { makeSavingOffice, Savers } from './savers.ts';

/** What six people met with whose engine was killed again and again. */
export interface SteadyKills {
  readonly kills: number;
  readonly acknowledged: number;
  /** After each kill, until somebody's save was acknowledged again, in ascending order. */
  readonly blockedMs: readonly number[];
  /** Times the program gave up; see `staysInTrouble`. */
  readonly givenUp: number;
  /** Times windows were told to show a screen about it. */
  readonly screens: number;
  /** Answers about which somebody would have seen a sentence. */
  readonly refused: number;
  readonly wrongs: readonly string[];
}

/** Six people save so often: more than any office does, and little enough that the engine's file stays a file of one day. */
const paceMs = 500;
/** Longer than the program waits before it tries again by itself. */
const staysInTroubleMs = 15_000;

/** @param everyMs least and most time between two kills */
export async function killSteadily(
  forMs: number,
  everyMs: readonly [number, number],
  random: Random,
): Promise<SteadyKills> {
  const folder = await makeSavingOffice();
  let screens = 0;
  const backend = newBackend({
    listen: ({ event }) => {
      if (event === 'officeStatus' && backend.office.state().state === 'trouble') screens += 1;
    },
  });
  await backend.office.open(folder);
  const diary = new OwnDiary();
  let lastSaved = performance.now();
  const note = (word: 'sent' | 'saved', name: string, count: number): void => {
    diary.note(word, name, count);
    if (word === 'saved') lastSaved = performance.now();
  };
  const savers = new Savers(backend, 'steady', note, paceMs);
  await savers.start();
  const blockedMs: number[] = [];
  let givenUp = 0;
  const end = performance.now() + forMs;
  while (performance.now() < end) {
    await pause(random.between(...everyMs));
    // There is no note of it while one starts.
    await until(() => engineProcesses(folder).redis > 0);
    process.kill(engineProcesses(folder).redis, 'SIGKILL');
    const killed = performance.now();
    while (lastSaved <= killed + 5 && performance.now() < killed + staysInTroubleMs) await pause(10);
    if (lastSaved <= killed + 5) givenUp += 1;
    blockedMs.push(lastSaved - killed);
    if (givenUp > 0) break;
  }
  await savers.end();
  await backend.close();
  const { wrongs } = await judgeSaving(path.join(folder, 'data'), diary, null);
  const sorted = blockedMs.toSorted((one, other) => one - other);
  const { refused } = savers;
  return {
    kills: blockedMs.length,
    acknowledged: sumOf(diary),
    blockedMs: sorted,
    givenUp,
    screens,
    refused,
    wrongs,
  };
}

/** Told on the console. */
export async function expectToGoOn(...how: Parameters<typeof killSteadily>): Promise<void> {
  const { kills, acknowledged, blockedMs, givenUp, screens, refused, wrongs } = await killSteadily(...how);
  const at = (share: number): string =>
    `${(blockedMs[Math.floor((blockedMs.length - 1) * share)] ?? 0).toFixed(0)} ms`;
  console.log(
    `${String(kills)} kills, ${String(acknowledged)} saved, none lost; blocked: median ${at(0.5)}, p95 ${at(0.95)}, most ${at(1)}`,
  );
  expect({ wrongs, givenUp, screens, refused }).toEqual({ wrongs: [], givenUp: 0, screens: 0, refused: 0 });
}
