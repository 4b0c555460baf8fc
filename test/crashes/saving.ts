import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EngineTrouble } from '../../electron/redis/engine.ts';
import { administrator, newBackend } from '../support/backend.ts';
import { enginePrograms, isRunning, newFolder, until } from '../support/engine.ts';
import { wish } from '../support/faultEngine.ts';
import type { Random } from '../support/random.ts';
import { engineProcesses, untilGone } from './doomedApp.ts';
import { agreementOf } from '../support/agreement.ts';
import { withEngine } from './aftermath.ts';
import { countsIn, isWaiting, lostOf, readDiary, sumOf, wrongsIn } from './diary.ts';
import { forgetfulEngine, heldUpMs } from './forgetfulEngine.ts';
import { makeSavingOffice } from './savers.ts';

export const targets = ['engine', 'app', 'both'] as const;
export type Target = (typeof targets)[number];

export interface SavingCrash {
  readonly target: Target;
  /** Whether somebody waited for an answer at that moment. */
  readonly wasInFlight: boolean;
  readonly acknowledged: number;
}

/** An office in which people save while its engine, its program or both are killed, over and over. */
export class SavingOffice {
  readonly #folder: string;
  readonly #diary: string;
  readonly #redisServer: string;
  #runs = 0;

  private constructor(folder: string, redisServer: string) {
    this.#folder = folder;
    this.#diary = path.join(newFolder(), 'diary');
    this.#redisServer = redisServer;
  }

  static async make(): Promise<SavingOffice> {
    return new SavingOffice(await makeSavingOffice(), enginePrograms.redisServer);
  }

  /** Its engine acknowledges what is not in its file yet; what is killed with it is lost. Linux, with a fault build only. */
  static async makeForgetful(): Promise<SavingOffice> {
    const folder = await makeSavingOffice();
    wish(path.join(folder, 'data'), { delayMs: heldUpMs });
    return new SavingOffice(folder, forgetfulEngine());
  }

  /** @param after least and most time in milliseconds from when they begin to save */
  async crash(
    target: Target,
    random: Random,
    after: readonly [number, number] = [60, 400],
  ): Promise<SavingCrash> {
    this.#runs += 1;
    const program = path.join(import.meta.dirname, 'savingApp.ts');
    const app = fork(program, [this.#folder, this.#diary, String(this.#runs), this.#redisServer], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const exited = once(app, 'exit');
    const before = sumOf(readDiary(this.#diary));
    await Promise.race([once(app, 'message'), exited]);
    await pause(random.between(...after));
    const engine = engineProcesses(this.#folder);
    const wasInFlight = isWaiting(readDiary(this.#diary));
    if (target !== 'app' && isRunning(engine.redis)) process.kill(engine.redis, 'SIGKILL');
    if (target === 'engine') {
      const then = sumOf(readDiary(this.#diary));
      await until(() => sumOf(readDiary(this.#diary)) > then + 20, 30_000);
      app.send('end');
    } else app.kill('SIGKILL');
    await exited;
    await untilGone(engine);
    await untilGone(engineProcesses(this.#folder));
    const acknowledged = sumOf(readDiary(this.#diary)) - before;
    return { target, wasInFlight, acknowledged };
  }

  /**
   * Opens the office and compares it with what was acknowledged until now.
   * @param isThorough whether every index and counter is compared with the records, too
   * @returns what must not be, in words
   */
  async judge(isThorough: boolean): Promise<string[]> {
    const titles = await this.#titles();
    if (typeof titles === 'string') return [titles];
    const wrongs = wrongsIn(readDiary(this.#diary), countsIn(titles));
    if (isThorough) wrongs.push(...(await withEngine(this.#folder, agreementOf)).differences);
    return wrongs;
  }

  /**
   * Reads what the files hold with an engine alone. The program would look at them first, and take off whatever no sum
   * follows; an engine that syncs every second writes no sums, so that would be more than the kill took.
   * @returns acknowledged saves that are not there; null when the kill tore a command apart, so that it does not even start
   */
  async lostWithoutRepair(): Promise<number | null> {
    const stored = await withEngine(this.#folder, agreementOf).catch((error: unknown) => {
      if (error instanceof EngineTrouble && error.reason === 'damaged') return null;
      throw error;
    });
    if (stored === null) return null;
    const { records } = stored;
    return lostOf(readDiary(this.#diary), countsIn([...records.meetings.values()].map(({ title }) => title)));
  }

  /** Of all meetings, or what stands in the way of reading them. */
  async #titles(): Promise<string[] | string> {
    const backend = newBackend();
    await backend.office.open(this.#folder);
    try {
      const state = backend.office.state();
      if (state.state !== 'open') return `the office is not open: ${JSON.stringify(state)}`;
      const { userName, password } = administrator;
      await backend.ask(1, 'session.signIn', { userName, password });
      const found: string[] = [];
      for (let offset = 0; ; offset += 500) {
        const { rows }: { rows: { title: string }[] } = await backend.ask(1, 'meetings.filter', {
          limit: 500,
          offset,
        });
        found.push(...rows.map(({ title }) => title));
        if (rows.length < 500) return found;
      }
    } finally {
      await backend.close();
    }
  }
}
