import { randomBytes } from 'node:crypto';
import { accessSync, chmodSync, constants, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PlaceTroubleReason } from '../contract/places.ts';
import type { Log } from '../log.ts';
import { freePort, socketAddress, type Transport } from './address.ts';
import { engineConfiguration, type Address, type Passwords } from './configuration.ts';
import { connect, type Endpoint } from './connection.ts';
import { launch, type Launcher } from './launcher.ts';
import { endOrphan } from './orphan.ts';

export const engineVersion = '7.0.15';

export interface EngineOptions {
  readonly launcher: string;
  readonly redisServer: string;
  readonly dataFolder: string;
  readonly transport: Transport;
  readonly maxMemoryBytes: number;
  readonly log: Log;
  /** Looks at the folder while nobody else can write to it, before redis reads it. @throws EngineTrouble to end the start */
  readonly inspect?: () => Promise<void>;
  /** How long a folder that somebody else holds is asked for: an engine that is just ending lets go of it soon. */
  readonly lockPatienceMs?: number;
}

export type TroubleReason =
  | 'missing'
  | 'unstartable'
  | 'locked'
  | 'newer'
  | 'older'
  | 'notUpgraded'
  | 'notRestored'
  | 'noRoomToUpgrade'
  | 'stopped'
  | 'damaged'
  | PlaceTroubleReason;

/** What damage to the engine's files took of what was acknowledged. */
export interface Damage {
  /** Actions of people; null when nobody can tell. */
  readonly lost: number | null;
  /** Records they concerned, more than the actions where an import is among them; null when nobody can tell. */
  readonly records: number | null;
  /** Instant of the last action that is still there, and of the last one there was; null when nobody can tell. */
  readonly since: string | null;
  readonly until: string | null;
  /** Whether the office opens without them, when somebody says so. */
  readonly mayRepair: boolean;
}

/** Why there is no engine: what is wrong, with which file or folder, and the last lines it said. */
export class EngineTrouble extends Error {
  readonly reason: TroubleReason;
  readonly path: string;
  readonly log: string;
  /** For `damaged`. */
  readonly damage: Damage | null;
  /** For `newer`: version of the program that wrote the data last, if they tell. */
  readonly program: string | null = null;

  constructor(reason: TroubleReason, concerned: string, log = '', damage: Damage | null = null) {
    super(`engine ${reason}: ${concerned}`);
    this.reason = reason;
    this.path = concerned;
    this.log = log;
    this.damage = damage;
  }
}

/** A running engine that answers. */
export interface Engine {
  readonly endpoint: Endpoint;
  readonly pid: number;
  /** Resolves when it has ended, by `stop` or by itself. */
  readonly ended: Promise<string>;
  /** Ends it in good order and waits until its process is gone. */
  stop(): Promise<void>;
  /** Ends one that does not answer any more; what it acknowledged is on the disk. */
  kill(): void;
  /** The last lines it wrote. */
  lastLines(): string;
}

const readyPatienceMs = 120_000;
const stopPatienceMs = 15_000;
const portTries = 3;
/** How long an engine whose launcher is gone may take to end as it was asked to. */
const orphanPatienceMs = 1_000;
/** How long a process that was killed may take to be gone. */
const orphanEndMs = 2_000;

const newerData = /can't handle RDB format version/i;
/** What the engine says of files it cannot load. */
const unreadable =
  /bad file format|unexpected end of file|unrecoverable error reading|short read or OOM|RDB CRC error|internal error in RDB|wrong signature|reading failure|AOF manifest|AOF file .*exist|invalid AOF|unknown RDB|RDB file was saved with checksum disabled|error loading data|no such file/i;
/** Redis only notes that it could not repeat something from its file, and starts without it. We do not. */
const lostWrites = /error to its AOF-loading-client/i;
/** A check of its own that fails is reported with the command it came upon; texts in that may go over several lines. */
const commandTold = /^.*\bargv\[\d+\].*\n?(?:(?!\d+:[A-Z] ).*\n)*/gm;
/** For people who are not signed in, too. */
const lastOf = (log: string): string => log.replaceAll(commandTold, '').slice(-4_000);

/** @throws EngineTrouble */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  needFile(options.launcher);
  needFile(options.redisServer);
  makeDataFolder(options.dataFolder);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(options);
    } catch (error) {
      const portTaken = error instanceof EngineTrouble && /address already in use/i.test(error.log);
      if (!portTaken || options.transport !== 'tcp' || attempt === portTries) throw error;
    }
  }
}

async function startOnce(options: EngineOptions): Promise<Engine> {
  const endpoint: Endpoint = { address: await newAddress(options), passwords: newPasswords() };
  const lines = linesSince(options.dataFolder);
  const { launcher, pid } = await takeFolder(options, endpoint, lines);
  let running = true;
  const ended = launcher.ended.then((why) => {
    running = false;
    options.log.info('engine ended', { pid, why });
    return why;
  });
  const isReady = await untilReady(endpoint, () => running);
  const log = lines();
  if (!isReady || lostWrites.test(log)) {
    launcher.kill();
    await ended;
    const reason = newerData.test(log) ? 'newer' : unreadable.test(log) ? 'damaged' : 'unstartable';
    throw new EngineTrouble(reason, options.dataFolder, lastOf(lines()));
  }
  return {
    endpoint,
    pid,
    ended,
    lastLines: () => lastOf(lines()),
    stop: () => stop(launcher, endpoint, options.transport, ended),
    kill: () => killRedis(pid, launcher),
  };
}

function needFile(file: string): void {
  try {
    accessSync(file, constants.R_OK);
  } catch {
    throw new EngineTrouble('missing', file);
  }
}

function makeDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
  } catch (error) {
    throw new EngineTrouble('unstartable', folder, error instanceof Error ? error.message : '');
  }
}

async function newAddress({ transport, dataFolder }: EngineOptions): Promise<Address> {
  if (transport === 'tcp') return freePort();
  try {
    return socketAddress(dataFolder);
  } catch (error) {
    throw new EngineTrouble('unstartable', dataFolder, error instanceof Error ? error.message : '');
  }
}

const newPasswords = (): Passwords => ({
  daybook: randomBytes(32).toString('base64url'),
  operations: randomBytes(32).toString('base64url'),
});

/** The launcher lets redis write into one file, run after run; answers what was added since now. */
function linesSince(dataFolder: string): () => string {
  const read = (): string => {
    try {
      return readFileSync(path.join(dataFolder, 'engine.log'), 'utf8');
    } catch {
      return '';
    }
  };
  const before = read().length;
  return () => {
    const now = read();
    return now.slice(now.length >= before ? before : 0);
  };
}

/** Starts the launcher, again and again while the folder is held by an engine that may just be ending. */
async function takeFolder(
  options: EngineOptions,
  endpoint: Endpoint,
  lines: () => string,
): Promise<{ launcher: Launcher; pid: number }> {
  const { dataFolder, log } = options;
  const configuration = engineConfiguration({ ...options, ...endpoint });
  const patienceMs = options.lockPatienceMs ?? 3_000;
  const orphanAt = performance.now() + Math.min(orphanPatienceMs, patienceMs);
  let deadline = performance.now() + patienceMs;
  let mayBeOrphan = true;
  for (;;) {
    const launcher = launch(options.launcher, dataFolder, options.redisServer);
    if (await launcher.holding) await inspect(options, launcher);
    launcher.start(configuration);
    const word = await launcher.firstWord;
    if (word.event === 'started') return { launcher, pid: word.pid };
    await launcher.ended;
    if (word.event === 'failed')
      throw new EngineTrouble('unstartable', options.redisServer, word.reason || lastOf(lines()));
    log.info('data folder is locked', { folder: dataFolder, pid: word.pid });
    if (performance.now() > orphanAt && mayBeOrphan) {
      // Asked for only once: should another one come, it is somebody's.
      mayBeOrphan = false;
      if (await endOrphan(word, dataFolder)) {
        log.warn('engine was left behind and is ended', { pid: word.pid });
        deadline = Math.max(deadline, performance.now() + orphanEndMs);
      }
    }
    if (performance.now() > deadline)
      throw new EngineTrouble('locked', dataFolder, `held by process ${String(word.pid)}`);
    await pause(100);
  }
}

/** A folder that is not fit for use is let go of. */
async function inspect(options: EngineOptions, launcher: Launcher): Promise<void> {
  try {
    await options.inspect?.();
  } catch (error) {
    launcher.release();
    await launcher.ended;
    throw error;
  }
}

/** Whether it answers PING before it ends; while it reads its data it answers LOADING. */
async function untilReady(endpoint: Endpoint, isRunning: () => boolean): Promise<boolean> {
  const deadline = performance.now() + readyPatienceMs;
  for (let waitMs = 2; isRunning() && performance.now() < deadline; waitMs = Math.min(50, waitMs * 1.5)) {
    if (await answers(endpoint)) return true;
    await pause(waitMs);
  }
  return false;
}

async function answers(endpoint: Endpoint): Promise<boolean> {
  try {
    const redis = await connect(endpoint, 'operations');
    const reply = await redis.ping().finally(() => {
      redis.disconnect();
    });
    return reply === 'PONG';
  } catch {
    return false;
  }
}

async function stop(
  launcher: Launcher,
  endpoint: Endpoint,
  transport: Transport,
  ended: Promise<string>,
): Promise<void> {
  // Where only TCP is at hand there are no signals either, so redis itself is asked.
  if (transport === 'tcp') await shutDown(endpoint).catch(() => undefined);
  launcher.release();
  const patience = new AbortController();
  const tooLong = pause(stopPatienceMs, 'too long', { signal: patience.signal }).catch(() => '');
  if ((await Promise.race([ended, tooLong])) === 'too long') launcher.kill();
  patience.abort();
  await ended;
}

/** The launcher tells of its end. Asking the launcher would not do: one that hangs hears nothing. */
function killRedis(pid: number, launcher: Launcher): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    launcher.kill();
  }
}

async function shutDown(endpoint: Endpoint): Promise<void> {
  const redis = await connect(endpoint, 'operations');
  try {
    await redis.shutdown();
  } finally {
    redis.disconnect();
  }
}
