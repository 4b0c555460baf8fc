import {
  cleanRun,
  crashDuringImport,
  plannedCrashes,
  wrongsOf,
  type CleanRun,
  type CrashOutcome,
} from './crashes.ts';
import { prepareOffice, type PreparedOffice } from './preparedOffice.ts';

export interface Sweep {
  readonly seed: number;
  /** Rows of the file that fills the office before, and of the one that is imported. */
  readonly known: number;
  readonly rows: number;
  readonly crashes: number;
  /** Every how many crashes the office is judged before the second import, too; 0 for never. */
  readonly judgedTwiceEvery: number;
  /** Told of each crash. */
  readonly onOutcome?: (text: string) => void;
}

/** What came of many crashes. */
export interface SweepFigures {
  readonly office: PreparedOffice;
  readonly clean: CleanRun;
  readonly outcomes: readonly CrashOutcome[];
  /** What was wrong, each with the crash it came of. */
  readonly wrongs: readonly string[];
}

/** Measures an import that nobody disturbs, then cuts it off again and again, each time in a fresh copy of the office. */
export async function sweep(plan: Sweep): Promise<SweepFigures> {
  const office = await prepareOffice(plan);
  const clean = await cleanRun(office, plan.judgedTwiceEvery > 0);
  const wrongs = clean.differences.map((what) => `without a crash: ${what}`);
  if (clean.total !== office.before + office.coming)
    wrongs.push(`without a crash: ${String(clean.total)} meetings`);
  const outcomes: CrashOutcome[] = [];
  for (const [at, crash] of plannedCrashes(plan.seed, plan.crashes).entries()) {
    const name = `crash ${String(at)} ${JSON.stringify(crash)}`;
    try {
      const isJudgedTwice = plan.judgedTwiceEvery > 0 && at % plan.judgedTwiceEvery === 0;
      const outcome = await crashDuringImport(office, crash, clean, isJudgedTwice);
      plan.onOutcome?.(`${name}: ${JSON.stringify(outcome)}`);
      outcomes.push(outcome);
      wrongs.push(...wrongsOf(office, outcome).map((wrong) => `${name}: ${wrong}`));
    } catch (error) {
      plan.onOutcome?.(`${name}: ${String(error)}`);
      wrongs.push(`${name}: ${String(error)}`);
    }
  }
  return { office, clean, outcomes, wrongs };
}

const underWay = ['reading', 'writing', 'finishing'];

/** Share of the crashes that hit an import under way, 0 to 1. */
export const shareUnderWay = ({ outcomes }: SweepFigures): number =>
  outcomes.filter(({ stateAtKill }) => underWay.includes(stateAtKill ?? '')).length / outcomes.length;

/** The figures in a few lines. */
export function told({ office, clean, outcomes, wrongs }: SweepFigures): string {
  const count = (is: (outcome: CrashOutcome) => boolean): string => String(outcomes.filter(is).length);
  const most = (value: (outcome: CrashOutcome) => number): string =>
    Math.max(0, ...outcomes.map(value)).toFixed(0);
  const states = ['none', ...underWay, 'done'].map(
    (state) => `${count(({ stateAtKill }) => (stateAtKill ?? 'none') === state)} ${state}`,
  );
  return [
    `${String(office.coming)} meetings into an office of ${String(office.before)}; undisturbed ${clean.importMs.toFixed(0)} ms, of that finishing ${clean.finishingMs.toFixed(0)} ms`,
    `${String(outcomes.length)} crashes: ${count(({ crash }) => crash.target === 'app')} of the app, ${count(({ crash }) => crash.target === 'engine')} of the engine, ${count(({ crash }) => crash.target === 'both')} of both`,
    `heard last before the kill: ${states.join(', ')}`,
    `nothing in: ${count(({ total }) => total === office.before)}, everything in: ${count(({ total }) => total === office.before + office.coming)}, wrong: ${String(wrongs.length)}`,
    `slowest: engine gone after ${most(({ orphanMs }) => orphanMs)} ms, office tidy after ${most(({ tidyMs }) => tidyMs)} ms`,
  ].join('\n');
}
