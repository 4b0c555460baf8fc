import { readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { connect } from '../../electron/redis/connection.ts';
import { startEngine, type Engine, type EngineTrouble } from '../../electron/redis/engine.ts';
import { engineOptions, newFolder } from '../support/engine.ts';
import { engineProcesses, untilGone } from './doomedApp.ts';

/**
 * Who is there when an engine is started: nobody, but a note of who was; a redis that hangs and whose launcher is gone; or
 * somebody who starts it at the same moment.
 */
export const meetings = ['stale lock', 'live orphan', 'simultaneous'] as const;
export type Meeting = (typeof meetings)[number];

export interface DoubleStart {
  /** Until an engine answered. */
  readonly ms: number;
  /** The most engines that were seen on the folder at once. */
  readonly mostServers: number;
}

const linkOf = (pid: string): string => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
};
const programOf = (pid: string): string => {
  try {
    return path.basename(readlinkSync(`/proc/${pid}/exe`));
  } catch {
    return '';
  }
};
const serversOn = (dataFolder: string): number =>
  readdirSync('/proc').filter(
    (name) => /^\d+$/.test(name) && linkOf(name) === dataFolder && programOf(name).startsWith('redis-server'),
  ).length;

/** A folder on which engines are started over and over, each of which leaves a mark. */
export class ContestedFolder {
  readonly #office = newFolder();
  readonly #data = path.join(this.#office, 'data');
  #marks = 0;

  #start(): Promise<Engine> {
    return startEngine({ ...engineOptions(this.#data), lockPatienceMs: 3_000 });
  }

  async #mark(engine: Engine): Promise<void> {
    const redis = await connect(engine.endpoint, 'daybook');
    expect(await redis.get('{ins:1}:marks')).toBe(this.#marks === 0 ? null : String(this.#marks));
    this.#marks += 1;
    await redis.set('{ins:1}:marks', this.#marks);
    redis.disconnect();
  }

  async meet(kind: Meeting): Promise<DoubleStart> {
    const before = await this.#start();
    await this.#mark(before);
    const { redis, launcher } = engineProcesses(this.#office);
    if (kind === 'live orphan') process.kill(redis, 'SIGSTOP');
    if (kind !== 'live orphan') process.kill(redis, 'SIGKILL');
    process.kill(launcher, 'SIGKILL');
    if (kind !== 'live orphan') await untilGone({ redis, launcher });
    let mostServers = 0;
    const watch = setInterval(() => (mostServers = Math.max(mostServers, serversOn(this.#data))), 5);
    const began = performance.now();
    try {
      const starting = [this.#start()];
      if (kind === 'simultaneous') starting.push(this.#startMeanwhile(), this.#startMeanwhile());
      const outcomes = await Promise.allSettled(starting);
      const ms = performance.now() - began;
      const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect((outcome.reason as EngineTrouble).reason).toBe('locked');
      expect(started).toHaveLength(1);
      await this.#mark(started[0]!);
      await started[0]!.stop();
      return { ms, mostServers };
    } finally {
      clearInterval(watch);
    }
  }

  /** Gives up at once when somebody else was first. */
  #startMeanwhile(): Promise<Engine> {
    return startEngine({ ...engineOptions(this.#data), lockPatienceMs: 0 });
  }
}

/** Told on the console. */
export async function startTwice(kind: Meeting, times: number): Promise<void> {
  const folder = new ContestedFolder();
  const outcomes: DoubleStart[] = [];
  for (let at = 0; at < times; at += 1) outcomes.push(await folder.meet(kind));
  const all = outcomes.map(({ ms }) => ms).toSorted((one, other) => one - other);
  const [median = 0, worst = 0] = [all[Math.floor(all.length / 2)], all.at(-1)];
  console.log(
    `${kind}: ${String(times)} starts, median ${median.toFixed(0)} ms, worst ${worst.toFixed(0)} ms`,
  );
  expect(Math.max(...outcomes.map(({ mostServers }) => mostServers))).toBe(1);
}
