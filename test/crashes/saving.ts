import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { administrator, newBackend, newOffice } from '../support/backend.ts';
import { isRunning, newFolder, until } from '../support/engine.ts';
import type { Random } from '../support/random.ts';
import { engineProcesses, untilGone } from './doomedApp.ts';
import { agreementOf } from '../support/agreement.ts';
import { withEngine } from './aftermath.ts';

export const targets = ['engine', 'app', 'both'] as const;
export type Target = (typeof targets)[number];

export interface SavingCrash {
  readonly target: Target;
  /** Whether somebody waited for an answer at that moment. */
  readonly wasInFlight: boolean;
  readonly acknowledged: number;
  readonly wrongs: readonly string[];
}

/** What each saver sent and had acknowledged last, by name. */
interface Diary {
  readonly sent: ReadonlyMap<string, number>;
  readonly saved: ReadonlyMap<string, number>;
}

function readDiary(file: string): Diary {
  const sent = new Map<string, number>();
  const saved = new Map<string, number>();
  for (const line of existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []) {
    const [word, name = '', count = ''] = line.split(' ');
    (word === 'sent' ? sent : saved).set(name, Number(count));
  }
  return { sent, saved };
}

const sumOf = ({ saved }: Diary): number => [...saved.values()].reduce((sum, count) => sum + count + 1, 0);

/** An office in which people save while its engine, its program or both are killed, over and over. */
export class SavingOffice {
  readonly #folder: string;
  readonly #diary: string;
  #runs = 0;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#diary = path.join(newFolder(), 'diary');
  }

  static async make(): Promise<SavingOffice> {
    const backend = newBackend();
    const folder = await newOffice(backend);
    const fields = { name: 'Acme', kind: 'company', city: '', ownerId: null, notes: '' };
    await backend.ask(1, 'clients.create', { writeId: 'client-of-all', fields });
    await backend.close();
    return new SavingOffice(folder);
  }

  /** @param isThorough whether every index and counter is compared with the records, too */
  async crash(target: Target, random: Random, isThorough: boolean): Promise<SavingCrash> {
    this.#runs += 1;
    const program = path.join(import.meta.dirname, 'savingApp.ts');
    const app = fork(program, [this.#folder, this.#diary, String(this.#runs)], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const exited = once(app, 'exit');
    const before = sumOf(readDiary(this.#diary));
    await Promise.race([once(app, 'message'), exited]);
    await pause(random.between(60, 400));
    const engine = engineProcesses(this.#folder);
    const atKill = readDiary(this.#diary);
    const wasInFlight = [...atKill.sent].some(([name, count]) => atKill.saved.get(name) !== count);
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
    return { target, wasInFlight, acknowledged, wrongs: await this.#judge(isThorough) };
  }

  async #judge(isThorough: boolean): Promise<string[]> {
    const { sent, saved } = readDiary(this.#diary);
    const found = await this.#titles();
    if (typeof found === 'string') return [found];
    const wrongs: string[] = [];
    for (const [name, count] of sent) {
      const counts = found.get(name) ?? [];
      const least = saved.get(name) ?? -1;
      const isRight =
        counts.length === 0 ? least < 0 : counts.length === 1 && counts[0]! >= least && counts[0]! <= count;
      if (!isRight)
        wrongs.push(
          `${name}: ${counts.join(', ') || 'nothing'} there, ${String(least)} acknowledged, ${String(count)} sent`,
        );
    }
    if (isThorough) wrongs.push(...(await withEngine(this.#folder, agreementOf)).differences);
    return wrongs;
  }

  /** Counts in the titles of each saver's meetings, or what stands in the way of reading them. */
  async #titles(): Promise<Map<string, number[]> | string> {
    const backend = newBackend();
    await backend.office.open(this.#folder);
    try {
      const state = backend.office.state();
      if (state.state !== 'open') return `the office is not open: ${JSON.stringify(state)}`;
      const { userName, password } = administrator;
      await backend.ask(1, 'session.signIn', { userName, password });
      const found = new Map<string, number[]>();
      for (let offset = 0; ; offset += 500) {
        const { rows }: { rows: { title: string }[] } = await backend.ask(1, 'meetings.filter', {
          limit: 500,
          offset,
        });
        for (const { title } of rows) {
          const [name = '', count] = title.split(' ');
          found.set(name, [...(found.get(name) ?? []), Number(count)]);
        }
        if (rows.length < 500) return found;
      }
    } finally {
      await backend.close();
    }
  }
}
