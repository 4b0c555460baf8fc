import { Random } from '../support/random.ts';
import { agreementOf } from '../support/agreement.ts';
import { countsThatDiffer } from './facetsOfRecords.ts';
import { visit, withEngine } from './aftermath.ts';
import { changeScenes, mapping, type Scene } from './changeScenes.ts';
import { contentsOf } from './contents.ts';
import { kill, outliveEngine, targets, untilTime, type Crash, type Target } from './crashes.ts';
import { DoomedApp, engineProcesses, untilGone } from './doomedApp.ts';

/** What came of a crash while meetings were changed, or changed back. */
export interface ChangeOutcome {
  readonly kind: Scene['kind'];
  readonly target: Target;
  readonly within: Crash['within'];
  /** Of the time it takes, 0 to 1. */
  readonly share: number;
  /** State of the import in the store before anything was tidied up; null where the program saw to that itself. */
  readonly found: string | null;
  /** What the office was afterwards. */
  readonly came: 'before' | 'after' | 'neither';
  readonly wrongs: readonly string[];
}

/** How often a crash is tried again that came too late. */
const mostTries = 4;

/**
 * Cuts imports that change many meetings, and the taking back of such imports, off at random moments, each in a fresh
 * copy of an office, and sees that all of it is made or nothing.
 * @param plan meetings: that change; thorough: imports the file once more afterwards
 */
export async function changeSweep(plan: {
  readonly seed: number;
  readonly meetings: number;
  readonly crashes: number;
  readonly thorough: boolean;
  /** Told of each crash. */
  readonly onOutcome?: (text: string) => void;
}): Promise<{ scenes: readonly Scene[]; outcomes: readonly ChangeOutcome[] }> {
  const random = new Random(plan.seed);
  const scenes = await changeScenes(plan.meetings);
  const outcomes: ChangeOutcome[] = [];
  for (let at = 0; at < plan.crashes; at += 1) {
    const scene = scenes[at % 2] as Scene;
    const target = targets[Math.floor(at / 2) % targets.length] as Target;
    // Spread evenly for each of the two, so that every part of the way is hit.
    const [turn, turns] = [Math.floor(at / 2), Math.ceil((plan.crashes - (at % 2)) / 2)];
    const share = (turn + random.next()) / turns;
    // The rows of a file are read for a while; meetings change when the import is made visible.
    const within = scene.kind === 'changes' ? 'finishing' : 'import';
    const outcome = await crashDuringChange(scene, target, { within, share }, plan.thorough);
    plan.onOutcome?.(toldOfChanges([outcome]));
    outcomes.push(outcome);
  }
  return { scenes, outcomes };
}

async function crashDuringChange(
  scene: Scene,
  target: Target,
  aimed: { within: Crash['within']; share: number },
  thorough: boolean,
): Promise<ChangeOutcome> {
  let { clean } = scene;
  for (let tries = 1; ; tries += 1) {
    const folder = scene.copy();
    const app = await DoomedApp.open(folder, scene.task);
    const engine = engineProcesses(folder);
    const times = await untilTime(app, { target, ...aimed }, clean);
    if (times && tries < mostTries) {
      clean = times;
      await app.end();
      continue;
    }
    const fired = await kill(app, engine.redis, target);
    await untilGone(engine);
    if (target === 'engine') await outliveEngine(app);
    await untilGone(engineProcesses(folder));
    const found = target === 'engine' ? null : await stateIn(folder);
    const { came, wrongs } = await judge(scene, folder, thorough);
    const said = target === 'engine' ? untrueOf(scene, app, came) : [];
    const wrong = [...wrongs, ...said, ...(fired ? [] : ['nobody was killed'])];
    return { kind: scene.kind, target, ...aimed, found, came, wrongs: wrong };
  }
}

/** State of the last import, as the engine alone knows it; `gone` when nothing of it is left. */
const stateIn = (folder: string): Promise<string> =>
  withEngine(folder, async (redis) => {
    const texts = Object.values(await redis.hgetall('{ins:1}:imports'));
    const states = texts.map((text) => (JSON.parse(text) as { state: string }).state);
    return states.find((state) => state !== 'done') ?? (states.length > 1 ? 'done' : 'gone');
  });

async function judge(
  { kind, task, before, after }: Scene,
  folder: string,
  thorough: boolean,
): Promise<Pick<ChangeOutcome, 'came' | 'wrongs'>> {
  const seen = await visit(folder, null);
  const { records, differences } = await withEngine(folder, (redis) => agreementOf(redis));
  const is = contentsOf(records);
  const came = is === before ? 'before' : is === after ? 'after' : 'neither';
  const wrongs = [...differences, ...seen.counted.flatMap((each) => countsThatDiffer(records, each))];
  if (came === 'neither') wrongs.push(`neither as before nor as after: ${unlike(is, before, after)}`);
  if (!thorough || kind !== 'changes' || !('file' in task)) return { came, wrongs };
  await visit(folder, task.file, mapping);
  const again = await withEngine(folder, (redis) => agreementOf(redis));
  wrongs.push(...again.differences.map((what) => `after a second import: ${what}`));
  if (contentsOf(again.records) !== after)
    wrongs.push('a second import does not bring what the first one would');
  return { came, wrongs };
}

/** How many lines are neither's, and the first of them. */
function unlike(is: string, before: string, after: string): string {
  const [one, other] = [new Set(before.split('\n')), new Set(after.split('\n'))];
  const lines = is.split('\n');
  const asBefore = lines.filter((line) => one.has(line)).length;
  const asAfter = lines.filter((line) => other.has(line)).length;
  const odd = lines.find((line) => !one.has(line) && !other.has(line));
  return `${String(asBefore)} lines as before, ${String(asAfter)} as after, of ${String(lines.length)}; ${odd ?? ''}`;
}

/** What a program that outlived its engine said of it in the end, if that is not so. */
function untrueOf({ kind }: Scene, app: DoomedApp, came: ChangeOutcome['came']): string[] {
  const last = app.progress.at(-1);
  const said = kind === 'undo' ? app.undo : last?.state;
  const nothingCame = /nothing of the file came in/.test(last?.message ?? '');
  if (said === 'done' ? came === 'after' : said === 'failed' && !(nothingCame && came !== 'before'))
    return [];
  return [`it came to the state ${came}, and what was said is ${said ?? 'nothing'}: ${last?.message ?? ''}`];
}

/** The outcomes in a few lines. */
export function toldOfChanges(outcomes: readonly ChangeOutcome[]): string {
  const lines = outcomes.map(
    ({ kind, target, within, share, found, came }) =>
      `${kind}, ${target} killed at ${share.toFixed(2)} of ${within}: found ${found ?? 'tidy'}, came to ${came}`,
  );
  return lines.join('\n');
}
