import type { ImportProgress } from '../../electron/contract/imports.ts';
import { isRunning, until } from '../support/engine.ts';
import { Random } from '../support/random.ts';
import { judgeOffice, type Aftermath } from './aftermath.ts';
import { DoomedApp, engineProcesses, untilGone } from './doomedApp.ts';
import type { PreparedOffice } from './preparedOffice.ts';

export const targets = ['app', 'engine', 'both'] as const;
export type Target = (typeof targets)[number];

/** Who is killed, and when. */
export interface Crash {
  readonly target: Target;
  /** Counted from the beginning of the import, or from its state `finishing`, in which it is made visible. */
  readonly from: 'start' | 'finishing';
  readonly afterMs: number;
}

/** How long an import takes that nobody disturbs. */
export interface CleanRun {
  readonly importMs: number;
  /** Of that, from the state `finishing` to the end. */
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
export async function cleanRun(office: PreparedOffice): Promise<CleanRun & Aftermath> {
  const folder = office.copy();
  const app = await DoomedApp.open(folder, office.file);
  const began = performance.now();
  app.tell('import');
  await until(() => app.state === 'finishing' || app.isOver, 120_000);
  const finishing = performance.now();
  await until(() => app.isOver, 120_000);
  const ended = performance.now();
  await app.end();
  await untilGone(engineProcesses(folder));
  const times = { importMs: ended - began, finishingMs: ended - finishing };
  return { ...times, ...(await judgeOffice(folder, office.file, true)) };
}

/** Crashes spread evenly over the import; every fifth is aimed at the time in which it is made visible. */
export function plannedCrashes(seed: number, count: number, { importMs, finishingMs }: CleanRun): Crash[] {
  const random = new Random(seed);
  const isAimed = (at: number): boolean => at % 5 === 4;
  const spread = Array.from({ length: count }, (_, at) => at).filter((at) => !isAimed(at));
  return Array.from({ length: count }, (_, at) => {
    const target = targets[at % targets.length] as Target;
    if (isAimed(at)) return { target, from: 'finishing', afterMs: random.next() * finishingMs };
    // Not to the very end: one run may be a little quicker than the other.
    const share = ((spread.indexOf(at) + random.next()) / spread.length) * 0.95;
    return { target, from: 'start', afterMs: share * importMs };
  });
}

/**
 * Imports a file into a copy of an office, kills, starts again, and sees what is there.
 * @param judgedTwice see `judgeOffice`
 */
export async function crashDuringImport(
  office: PreparedOffice,
  crash: Crash,
  judgedTwice: boolean,
): Promise<CrashOutcome> {
  const folder = office.copy();
  const app = await DoomedApp.open(folder, office.file);
  const engine = engineProcesses(folder);
  app.tell('import');
  if (crash.from === 'finishing') await until(() => app.state === 'finishing' || app.isOver, 120_000);
  await new Promise((resolve) => setTimeout(resolve, crash.afterMs));
  const stateAtKill = app.state;
  const fired = await kill(app, engine.redis, crash.target);
  const orphanMs = await untilGone(engine);
  const last = crash.target === 'engine' ? await outliveEngine(app) : null;
  await untilGone(engineProcesses(folder));
  const aftermath = await judgeOffice(folder, office.file, judgedTwice);
  return { ...aftermath, crash, fired, stateAtKill, last, orphanMs };
}

/** @returns whether everyone to be killed was there and ended by the signal */
async function kill(app: DoomedApp, redis: number, target: Target): Promise<boolean> {
  const wasRunning = target === 'app' || isRunning(redis);
  if (target !== 'app') process.kill(redis, 'SIGKILL');
  const ended = target === 'engine' || (await app.kill());
  return wasRunning && ended;
}

/** The program starts the engine again by itself; then it is ended in good order. @returns what its import said last */
async function outliveEngine(app: DoomedApp): Promise<ImportProgress | null> {
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
  // A file that is in changes nothing when it comes again.
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
  // Another import of the file is another import: it would be done twice.
  if (state !== 'failed' || /not be done twice/.test(message)) return false;
  return /not certain/.test(message) || !isIn;
}
