import { spawn, type ChildProcess, type IOType } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

export interface LauncherEvent {
  event: 'holding' | 'locked' | 'started' | 'exited' | 'failed';
  pid?: number;
  launcherPid?: number;
  code?: number;
  signal?: number;
  reason?: string;
}

export interface Launcher {
  process: ChildProcess;
  events: LauncherEvent[];
  /** Resolves with the first event of that name; rejects when the launcher ends without it. */
  next(event: LauncherEvent['event']): Promise<LauncherEvent>;
  /** Resolves with the exit code, or the signal's name when it was killed. */
  ended: Promise<number | string>;
}

export const launcherPath = process.env['DAYBOOK_LAUNCHER']!;
const redisPath = process.env['REDISMS_SYSTEM_BINARY']!;

export const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A data folder with a short path, because a socket's path may hold 107 bytes only. */
export function makeDataFolder(): { dir: string; socket: string; remove: () => void } {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'dbl-'));
  return {
    dir,
    socket: path.join(dir, 's'),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

export const configuration = (socket: string, ...more: string[]) =>
  [
    'port 0',
    `unixsocket ${socket}`,
    'appendonly yes',
    'appendfsync always',
    'save ""',
    ...more,
    '.',
    '',
  ].join('\n');

/** @param more what else it inherits, as it does from Electron, whose sockets are open to whatever Node starts */
export function startLauncher(
  dir: string,
  config: string | null,
  redis = redisPath,
  program = launcherPath,
  more: readonly IOType[] = [],
): Launcher {
  const child = spawn(program, [dir, redis], { stdio: ['pipe', 'pipe', 'inherit', ...more] });
  const events: LauncherEvent[] = [];
  const waiting: (() => void)[] = [];
  let closed = false;
  const ended = new Promise<number | string>((resolve) => {
    // `close` comes after the last line was read, `exit` may come before.
    child.on('close', (code, signal) => {
      closed = true;
      resolve(code ?? signal ?? 'unknown');
      waiting.forEach((look) => look());
    });
  });
  let text = '';
  child.stdout!.on('data', (data: Buffer) => {
    text += data.toString();
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    events.push(...lines.map((line) => JSON.parse(line) as LauncherEvent));
    waiting.forEach((look) => look());
  });
  child.stdin!.on('error', () => undefined); // a refused launcher ends without reading its configuration
  if (config !== null) child.stdin!.write(config);
  const next = (event: LauncherEvent['event']) =>
    new Promise<LauncherEvent>((resolve, reject) => {
      const look = () => {
        const found = events.find((each) => each.event === event);
        if (found) resolve(found);
        else if (closed)
          reject(new Error(`the launcher ended without "${event}": ${JSON.stringify(events)}`));
      };
      waiting.push(look);
      look();
    });
  return { process: child, events, next, ended };
}

/**
 * Sends one inline command to redis and answers the reply's first line, or null when nobody listens.
 * @param at path of its socket, or its port of this machine
 */
export function ask(at: string | number, command: string): Promise<string | null> {
  return new Promise((resolve) => {
    const connection = typeof at === 'string' ? net.connect(at) : net.connect(at, '127.0.0.1');
    let reply = '';
    connection.on('error', () => resolve(null));
    connection.on('close', () => resolve(reply.split('\r\n')[0] || null));
    connection.on('data', (data) => {
      reply += data.toString();
      if (reply.includes('\r\n')) connection.end();
    });
    connection.write(`${command}\r\n`);
  });
}

export async function untilReady(socket: string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (existsSync(socket) && (await ask(socket, 'PING')) === '+PONG') return;
    await sleep(25);
  }
  throw new Error('redis did not become ready');
}

/** True while a process runs. One that only waits to be collected has ended, but not before its last thread has. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const isZombie = / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8').split(')').at(-1)!.slice(0, 4));
    return !isZombie || readdirSync(`/proc/${pid}/task`).length > 1;
  } catch (error) {
    // Without /proc (macOS) the signal alone tells.
    return (error as NodeJS.ErrnoException).syscall !== 'kill' && !existsSync('/proc/self');
  }
}

export async function untilGone(pid: number, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    if (!isRunning(pid)) return true;
    await sleep(20);
  }
  return !isRunning(pid);
}

/** Programs that work in a folder; only Linux tells. */
export const workersIn = (folder: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === folder && isRunning(pid);
      } catch {
        return false; // it ended meanwhile, or is somebody else's
      }
    });
