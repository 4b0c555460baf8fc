import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Holder } from './orphan.ts';

/** What became of a start. `failed`: the launcher could not start redis, or itself could not be started. */
export type FirstWord =
  | { readonly event: 'started'; readonly pid: number }
  | ({ readonly event: 'locked' } & Holder)
  | { readonly event: 'failed'; readonly reason: string };

/** Whether redis ended by itself and said that all was well, judged by what `ended` answers. */
export const endedInGoodOrder = (why: string): boolean => why === 'exit code 0, signal 0';

/** A running launcher (resources/launcher): it holds the folder's lock and ends redis when `release` or our death closes its input. */
export interface Launcher {
  readonly firstWord: Promise<FirstWord>;
  /** Resolves once nobody else can write to the folder, before redis is there; answers false when it came to nothing. */
  readonly holding: Promise<boolean>;
  /** Lets redis start. @param configuration text of redis.conf; it goes through the pipe, never through arguments that others could read */
  start(configuration: string): void;
  /** Resolves when launcher and redis have ended, however that came about; answers what is known of the reason. */
  readonly ended: Promise<string>;
  /** Asks for a clean end. */
  release(): void;
  /** For an engine that does not listen any more; the kernel ends redis with its launcher. */
  kill(): void;
}

type Process = ChildProcessByStdio<Writable, Readable, null>;

interface Said {
  readonly event?: unknown;
  readonly pid?: unknown;
  readonly launcherPid?: unknown;
  readonly code?: unknown;
  readonly signal?: unknown;
  readonly reason?: unknown;
}

const parse = (line: string): Said => {
  try {
    return (JSON.parse(line) as Said | null) ?? {};
  } catch {
    return {};
  }
};

const asFirstWord = (said: Said): FirstWord | null => {
  const pid = typeof said.pid === 'number' ? said.pid : 0;
  if (said.event === 'started') return { event: 'started', pid };
  const launcherPid = typeof said.launcherPid === 'number' ? said.launcherPid : 0;
  if (said.event === 'locked') return { event: 'locked', pid, launcherPid };
  if (said.event === 'failed') return { event: 'failed', reason: String(said.reason) };
  return null;
};

function listen(child: Process): Pick<Launcher, 'firstWord' | 'holding' | 'ended'> {
  let reason = '';
  let answer: (word: FirstWord) => void = () => undefined;
  let hold: (holds: boolean) => void = () => undefined;
  const firstWord = new Promise<FirstWord>((resolve) => (answer = resolve));
  const holding = new Promise<boolean>((resolve) => (hold = resolve));
  void firstWord.then(() => {
    hold(false);
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = parse(line);
    if (said.event === 'exited') reason = `exit code ${String(said.code)}, signal ${String(said.signal)}`;
    if (said.event === 'holding') hold(true);
    const word = asFirstWord(said);
    if (word) answer(word);
  });
  const ended = new Promise<string>((resolve) => {
    const end = (why: string): void => {
      answer({ event: 'failed', reason: why });
      resolve(reason || why);
    };
    child.once('error', (error) => {
      end(error.message);
    });
    // `close`, not `exit`: by then every line it wrote has been read.
    child.once('close', (code, signal) => {
      end(`launcher ended with ${signal ?? `exit code ${String(code)}`}`);
    });
  });
  return { firstWord, holding, ended };
}

/** Takes the folder's lock; redis waits for `start`. */
export function launch(program: string, dataFolder: string, redisServer: string): Launcher {
  const child: Process = spawn(program, [dataFolder, redisServer], {
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
    // Nothing of our environment is redis's business, and some of it could change what it does.
    env: process.platform === 'win32' ? { SystemRoot: process.env['SystemRoot'] } : {},
  });
  // A launcher that ends early breaks the pipe; its end is told by `ended`.
  child.stdin.on('error', () => undefined);
  return {
    ...listen(child),
    start: (configuration) => void child.stdin.write(`${configuration.trimEnd()}\n.\n`),
    release: () => child.stdin.end(),
    kill: () => child.kill('SIGKILL'),
  };
}
