import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ImportProgress } from '../../electron/contract/imports.ts';
import { isRunning, newFolder, until } from '../support/engine.ts';
import type { Said, Task, Told, UndoState } from './importingApp.ts';

export interface EngineProcesses {
  readonly launcher: number;
  readonly redis: number;
}

/** Who holds the office's data folder, or held it last. */
export function engineProcesses(officeFolder: string): EngineProcesses {
  const text = readFileSync(path.join(officeFolder, 'data', 'lock'), 'utf8');
  const [, launcher = '', redis = ''] = /launcher (\d+) redis (\d+)/.exec(text) ?? [];
  return { launcher: Number(launcher), redis: Number(redis) };
}

const compiled = newFolder('daybook-compiled-');

/** The program in a process of its own, with an office open and a file to import or an import to take back. */
export class DoomedApp {
  readonly officeFolder: string;
  /** Told so far; the last one says how far the import is. */
  readonly progress: ImportProgress[] = [];
  /** How far taking an import back is; null before it has begun. */
  undo: UndoState | null = null;
  readonly #child: ChildProcess;
  readonly #exited: Promise<[code: number | null, signal: NodeJS.Signals | null]>;
  readonly #heard: Said[] = [];
  readonly #waiting: (() => void)[] = [];
  #errors = '';

  private constructor(officeFolder: string, task: Task) {
    this.officeFolder = officeFolder;
    const program = path.join(import.meta.dirname, 'importingApp.ts');
    this.#child = fork(program, [officeFolder, JSON.stringify(task)], {
      // Compiled once for all of them.
      env: { ...process.env, NODE_COMPILE_CACHE: compiled },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.on('data', (some) => (this.#errors += String(some)));
    this.#child.on('message', (said: Said) => {
      if (said.said === 'progress') this.progress.push(said.progress);
      else if (said.said === 'undo') this.undo = said.state;
      else this.#heard.push(said);
      this.#wake();
    });
    this.#child.on('exit', () => this.#wake());
    this.#exited = once(this.#child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  }

  static async open(officeFolder: string, task: Task): Promise<DoomedApp> {
    const app = new DoomedApp(officeFolder, task);
    await app.until('open');
    return app;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  tell(what: Told): void {
    this.#child.send(what);
  }

  /** Waits until it says so. @throws when it ends before */
  async until(said: Said['said']): Promise<void> {
    await this.when(() => this.#heard.some((one) => one.said === said));
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Waits until something of what it says holds, and goes on at once: some states last but a few milliseconds. */
  async when(holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null)
        throw new Error(`the program ended: ${this.#errors}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** The state of its import as it was heard last; null before it has begun. */
  get state(): ImportProgress['state'] | null {
    return this.progress.at(-1)?.state ?? null;
  }

  get isOver(): boolean {
    return ['done', 'failed', 'cancelled'].includes(this.state ?? this.undo ?? '');
  }

  /** Ends it without a chance to tidy up. @returns whether that is what ended it */
  async kill(): Promise<boolean> {
    this.#child.kill('SIGKILL');
    return (await this.#exited)[1] === 'SIGKILL';
  }

  /** Ends it in good order. */
  async end(): Promise<void> {
    this.tell('end');
    await this.#exited;
  }
}

/** Waits until nobody runs any more. @returns how long that took, in milliseconds */
export async function untilGone({ launcher, redis }: EngineProcesses): Promise<number> {
  const began = performance.now();
  await until(() => !isRunning(launcher) && !isRunning(redis), 20_000);
  return performance.now() - began;
}
