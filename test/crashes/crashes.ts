import { setTimeout as pause } from 'node:timers/promises';
import type { ImportProgress } from '../../electron/contract/imports.ts';
import { isRunning } from '../support/engine.ts';
import { Random } from '../support/random.ts';
import { judgeOffice, type Aftermath } from './aftermath.ts';
import { DoomedApp, engineProcesses, untilGone } from './doomedApp.ts';
import type { PreparedOffice } from './preparedOffice.ts';

export const targets = ['app', 'engine', 'both'] as const;
export type Target = (typeof targets)[number];

/** Who is killed, and when. */
export interface Crash {
  readonly target: Target;
  /** In the whole import, or in its state `finishing`, in which it is made visible. */
  readonly within: 'import' | 'finishing';
  /** Of the time that takes, 0 to 1. */
  readonly share: number;
}

/** How long an import takes that nobody disturbs, or taking one back. */
export interface CleanRun {
  readonly importMs: number;
  /** Of that, in the state `finishing`. */
  readonly finishingMs: number;
}

export interface CrashOutcome extends Aftermath {
  readonly crash: Crash;
  /** Whether those to be killed ended by the signal. */
  readonly fired: boolean;
  /** State of the import as it was heard last before the kill; null before it had begun. */
  readonly stateAtKill: ImportProgress['state'] | null;
  /** What the import said in the end, where the program outlived the engine. */
  readonly last: ImportProgress | null;
  /** How long launcher and engine outlived the kill, in milliseconds. */
  readonly orphanMs: number;
}

/** An import from beginning to end, in a process of its own. */
export async function cleanRun(office: PreparedOffice, judgedTwice: boolean): Promise<CleanRun & Aftermath> {
  const folder = office.copy();
  const app = await DoomedApp.open(folder, { file: office.file });
  const times = await timedRun(app);
  await app.end();
  await untilGone(engineProcesses(folder));
  return { ...times, ...(await judgeOffice(folder, office.file, judgedTwice)) };
}

export async function timedRun(app: DoomedApp): Promise<CleanRun> {
  const began = performance.now();
  app.tell('do');
  await app.when(() => app.state === 'finishing' || app.isOver);
  const finishing = performance.now();
  await app.when(() => app.isOver);
  const ended = performance.now();
  return { importMs: ended - began, finishingMs: ended - finishing };
}

/** Crashes spread evenly over the import; every fifth is aimed at the time in which it is made visible. */
export function plannedCrashes(seed: number, count: number): Crash[] {
  const random = new Random(seed);
  const isAimed = (at: number): boolean => at % 5 === 4;
  const spread = Array.from({ length: count }, (_, at) => at).filter((at) => !isAimed(at));
  return Array.from({ length: count }, (_, at) => {
    const target = targets[at % targets.length] as Target;
    if (isAimed(at)) return { target, within: 'finishing', share: random.next() };
    return { target, within: 'import', share: (spread.indexOf(at) + random.next()) / spread.length };
  });
}

/** How often a crash is tried again that came too late. */
const mostTries = 4;

/**
 * Imports a file into a copy of an office, kills, starts again, and sees what is there. An import that was quicker than
 * expected and so got away is followed by another try, timed by it.
 * @param judgedTwice see `judgeOffice`
 */
export async function crashDuringImport(
  office: PreparedOffice,
  crash: Crash,
  expected: CleanRun,
  judgedTwice: boolean,
): Promise<CrashOutcome> {
  for (let tries = 1; ; tries += 1) {
    const folder = office.copy();
    const app = await DoomedApp.open(folder, { file: office.file });
    const engine = engineProcesses(folder);
    const times = await untilTime(app, crash, expected);
    if (times && tries < mostTries) {
      expected = times;
      await app.end();
      continue;
    }
    const stateAtKill = app.state;
    const fired = await kill(app, engine.redis, crash.target);
    const orphanMs = await untilGone(engine);
    const last = crash.target === 'engine' ? await outliveEngine(app) : null;
    await untilGone(engineProcesses(folder));
    const aftermath = await judgeOffice(folder, office.file, judgedTwice);
    return { ...aftermath, crash, fired, stateAtKill, last, orphanMs };
  }
}

/** Imports until it is time for the crash. @returns how long the import took if it was over before, else null */
export async function untilTime(
  app: DoomedApp,
  { within, share }: Crash,
  { importMs, finishingMs }: CleanRun,
): Promise<CleanRun | null> {
  const whole = timedRun(app);
  // Of a program that was killed nobody waits for the end.
  whole.catch(() => undefined);
  if (within === 'finishing') await app.when(() => app.state === 'finishing' || app.isOver);
  const afterMs = share * (within === 'finishing' ? finishingMs : importMs);
  return Promise.race([whole, pause(afterMs, null)]);
}

/** @returns whether everyone to be killed was there and ended by the signal */
export async function kill(app: DoomedApp, redis: number, target: Target): Promise<boolean> {
  const wasRunning = target === 'app' || isRunning(redis);
  if (target !== 'app') process.kill(redis, 'SIGKILL');
  const ended = target === 'engine' || (await app.kill());
  return wasRunning && ended;
}

/** The program starts the engine again by itself; then it is ended in good order. @returns what its import said last */
export async function outliveEngine(app: DoomedApp): Promise<ImportProgress | null> {
  await app.until('settled');
  const last = app.progress.at(-1) ?? null;
  await app.end();
  return last;
}

/** What must not be, in words; none when all is well. */
export function wrongsOf({ before, coming }: PreparedOffice, outcome: CrashOutcome): string[] {
  const { total, last, differences, fired, totalAfterSecond, orphanMs } = outcome;
  const wrong = [...differences];
  const isIn = total === before + coming;
  if (!fired) wrong.push('nobody was killed');
  if (total !== before && !isIn)
    wrong.push(`${String(total)} meetings, neither ${String(before)} nor ${String(before + coming)}`);
  if (last && !isTrue(last, isIn))
    wrong.push(`${isIn ? 'everything' : 'nothing'} is in, and the import is ${last.state}: ${last.message}`);
  // What is in already does not come twice.
  if (totalAfterSecond !== before + coming)
    wrong.push(
      `${String(totalAfterSecond)} meetings after a second import instead of ${String(before + coming)}`,
    );
  if (orphanMs > 5_000) wrong.push(`the engine outlived its program by ${orphanMs.toFixed(0)} ms`);
  return wrong;
}

/** Whether what an import said in the end is so. */
function isTrue({ state, message }: ImportProgress, isIn: boolean): boolean {
  if (state === 'done') return isIn;
  if (state !== 'failed') return false;
  return /not certain/.test(message) || (/nothing of the file came in/.test(message) && !isIn);
}
