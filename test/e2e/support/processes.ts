import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  /** When it began; together with the number it names one process for ever. */
  readonly began: string;
  readonly command: string;
}

/** Everything that runs on this machine; what has ended but was not collected yet does not. */
function running(): RunningProcess[] {
  const lines = execFileSync('ps', ['-axo', 'pid=,ppid=,lstart=,stat=,command='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, LC_ALL: 'C' },
  });
  return lines.split('\n').flatMap((line) => {
    const [, pid, parent, began = '', state = '', command = ''] =
      /^\s*(\d+)\s+(\d+)\s+(\w+ \w+\s+\d+ [\d:]+ \d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return pid && !state.startsWith('Z')
      ? [{ pid: Number(pid), parent: Number(parent), began, command }]
      : [];
  });
}

/** A process and all it started, directly or not. */
export function familyOf(pid: number): RunningProcess[] {
  const all = running();
  const family = all.filter((each) => each.pid === pid);
  for (const member of family) family.push(...all.filter((each) => each.parent === member.pid));
  return family;
}

/** All whose command line says so. */
export const processesWith = (words: string): RunningProcess[] =>
  running().filter(({ command }) => command.includes(words));

const isEngine = ({ command }: RunningProcess): boolean => /redis-server|daybook-launcher/.test(command);

export const isRedis = (command: string): boolean => /^\S*redis-server/.test(command);

/** The redis-server that a program started. */
export function engineOf(pid: number): RunningProcess {
  const engine = familyOf(pid).find(({ command }) => isRedis(command));
  if (!engine) throw new Error('the program has no redis-server');
  return engine;
}

const stillThere = (known: readonly RunningProcess[]): RunningProcess[] => {
  const all = running();
  return known.filter(({ pid, began }) => all.some((each) => each.pid === pid && each.began === began));
};

/**
 * Waits until every one of these processes is gone.
 * @throws when one stays; it is ended then, so that it cannot disturb the next story
 */
export async function untilGone(known: readonly RunningProcess[], patienceMs = 20_000): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (stillThere(known).length > 0 && Date.now() < deadline) await pause(50);
  const left = stillThere(known);
  for (const { pid } of left) process.kill(pid, 'SIGKILL');
  if (left.length === 0) return;
  const what = left.some(isEngine) ? 'the engine outlived its program' : 'the program left processes behind';
  throw new Error(`${what}: ${left.map(({ pid, command }) => `${String(pid)} ${command}`).join('; ')}`);
}
