import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { expectedOf, unpackLayout } from '../office/upgrade/layouts.ts';
import { readEverything } from '../office/upgrade/reads.ts';
import { agreementOf } from '../support/agreement.ts';
import { newBackend } from '../support/backend.ts';
import { bytesOf } from '../support/damagedFolders.ts';
import { newFolder, until } from '../support/engine.ts';
import { Random } from '../support/random.ts';
import { withEngine } from './aftermath.ts';

export interface UpgradeCrash {
  /** Share of the upgrade that was told last before the kill. */
  readonly share: number;
  /** Whether it was killed before it had ended. */
  readonly wasKilled: boolean;
  readonly wrongs: readonly string[];
}

const logOf = (folder: string): string => JSON.stringify(bytesOf(path.join(folder, 'data', 'appendonlydir')));

/** The engine of the copy runs on until it notices that nobody holds it any more. */
async function untilNobodyRuns(folder: string): Promise<void> {
  const linkOf = (pid: string): string => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`);
    } catch {
      return '';
    }
  };
  const isThere = (): boolean =>
    readdirSync('/proc').some((name) => /^\d+$/.test(name) && linkOf(name).startsWith(folder));
  await until(() => !isThere());
}

/** Opens an office of an earlier layout and kills the program while that goes on; then the office is opened in peace. */
export async function crashUpgrade(
  layout: number,
  random: Random,
  longestMs: number,
): Promise<UpgradeCrash> {
  const folder = newFolder();
  unpackLayout(layout, folder);
  const before = logOf(folder);
  const app = fork(path.join(import.meta.dirname, 'upgradingApp.ts'), [folder], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let share = 0;
  app.on('message', (told) => (share = Number(told)));
  const exited = once(app, 'exit') as Promise<[number | null, string | null]>;
  await Promise.race([once(app, 'message'), exited]);
  await Promise.race([pause(random.between(0, longestMs)), exited]);
  app.kill('SIGKILL');
  const [, signal] = await exited;
  const wrongs: string[] = [];
  const isReplaced = existsSync(path.join(folder, 'kept')) || existsSync(path.join(folder, 'restored', 'ready'));
  if (!isReplaced && logOf(folder) !== before) wrongs.push('the office was touched before it was replaced');
  await untilNobodyRuns(folder);
  wrongs.push(...(await judge(folder, layout)));
  return { share, wasKilled: signal !== null, wrongs };
} // prettier-ignore

async function judge(folder: string, layout: number): Promise<string[]> {
  const backend = newBackend();
  try {
    await backend.office.open(folder);
    const state = backend.office.state();
    if (state.state !== 'open') return [`the office is not open: ${JSON.stringify(state)}`];
    const shown = JSON.stringify(await readEverything(backend));
    if (shown !== JSON.stringify(expectedOf(layout))) return ['people do not see what they saw before'];
  } finally {
    await backend.close();
  }
  if (readdirSync(path.join(folder, 'kept')).length !== 1) return ['the office is not kept once as it was'];
  return (await withEngine(folder, agreementOf)).differences;
}

/** How long bringing up to date takes at most here, beside other work. */
const longestMs = 2_500;

/** One layout after the other; told on the console. */
export async function crashUpgrades(layouts: readonly number[], crashes: number): Promise<void> {
  const random = new Random(crashes);
  const outcomes: UpgradeCrash[] = [];
  for (let at = 0; at < crashes; at += 1) {
    const layout = layouts[at % layouts.length]!;
    outcomes.push(await crashUpgrade(layout, random, longestMs));
    expect(outcomes.at(-1)!.wrongs, JSON.stringify(outcomes.at(-1))).toEqual([]);
  }
  const killed = outcomes.filter(({ wasKilled }) => wasKilled);
  const within = killed.filter(({ share }) => share > 0 && share < 1).length;
  console.log(
    `${String(crashes)} upgrades, ${String(killed.length)} killed, ${String(within)} of them in the midst; all as before`,
  );
  expect(killed.length).toBeGreaterThan(crashes / 3);
}
