import path from 'node:path';
import type { Redis } from 'ioredis';
import type { Mapping } from '../../electron/contract/imports.ts';
import { connect } from '../../electron/redis/connection.ts';
import { startEngine } from '../../electron/redis/engine.ts';
import { agreementOf } from '../support/agreement.ts';
import { administrator, newBackend, until, type TestBackend } from '../support/backend.ts';
import { engineOptions } from '../support/engine.ts';
import { engineProcesses, untilGone } from './doomedApp.ts';
import { countsAt, countsThatDiffer, type Counted } from './facetsOfRecords.ts';
import { importFile, nothingPending } from './imports.ts';
import { adviser } from './preparedOffice.ts';

/** What an office comes to when the program is started on it again. */
export interface Aftermath {
  readonly total: number;
  /** The same after the file was imported again. */
  readonly totalAfterSecond: number;
  /** From the start until nothing was left to be discarded, in milliseconds. */
  readonly tidyMs: number;
  /** Of the indexes and counts with the records, in words. */
  readonly differences: readonly string[];
}

/**
 * Opens an office that something happened to, lets the program tidy it up, judges what is there, imports the file again
 * and judges anew.
 * @param judgedTwice whether the office is judged before the second import, too, which takes twice as long
 * @throws when it cannot be opened, or the second import fails
 */
export async function judgeOffice(folder: string, file: string, judgedTwice: boolean): Promise<Aftermath> {
  const first = judgedTwice ? await visit(folder, null) : null;
  const differences = first ? await disagreements(folder, first) : [];
  const second = await visit(folder, file);
  const { total, tidyMs } = first ?? second;
  const { totalAfterSecond } = second;
  return {
    ...{ total, tidyMs, totalAfterSecond },
    differences: [...differences, ...(await disagreements(folder, second))],
  };
}

export interface Visit {
  readonly tidyMs: number;
  readonly total: number;
  readonly totalAfterSecond: number;
  /** What windows were answered at the end. */
  readonly counted: readonly Counted[];
}

/** Starts the program on an office, waits until it is tidy, and imports a file if there is one. */
export async function visit(folder: string, file: string | null, mapping?: Mapping): Promise<Visit> {
  const began = performance.now();
  return withProgram(folder, async (backend) => {
    await until(() => nothingPending(backend), 120_000);
    const tidyMs = performance.now() - began;
    const { total } = await countsAt(backend, 1, administrator.userName);
    if (file !== null) {
      const { state, message } = await importFile(backend, file, mapping);
      if (state !== 'done') throw new Error(`the second import is ${state}: ${message}`);
    }
    const counted = [
      await countsAt(backend, 1, administrator.userName),
      await countsAt(backend, 2, adviser.userName),
    ];
    return { tidyMs, total, totalAfterSecond: counted[0]?.total ?? 0, counted };
  });
}

export async function withProgram<T>(folder: string, use: (backend: TestBackend) => Promise<T>): Promise<T> {
  const backend = newBackend();
  try {
    await backend.office.open(folder);
    const state = backend.office.state();
    if (state.state === 'trouble')
      throw new Error(`the office does not open: ${state.trouble.message}\n${state.trouble.log.slice(-600)}`);
    for (const [windowId, { userName, password }] of [administrator, adviser].entries())
      await backend.ask(windowId + 1, 'session.signIn', { userName, password });
    return await use(backend);
  } finally {
    await backend.close();
    await untilGone(engineProcesses(folder));
  }
}

const disagreements = async (folder: string, { counted }: Visit): Promise<string[]> =>
  withEngine(folder, async (redis) => {
    const { records, differences } = await agreementOf(redis);
    return [...differences, ...counted.flatMap((each) => countsThatDiffer(records, each))];
  });

/** Past the program: its engine alone, asked with plain commands. */
export async function withEngine<T>(folder: string, ask: (redis: Redis) => Promise<T>): Promise<T> {
  const engine = await startEngine(engineOptions(path.join(folder, 'data')));
  try {
    const redis = await connect(engine.endpoint, 'daybook');
    const answer = await ask(redis);
    redis.disconnect();
    return answer;
  } finally {
    await engine.stop();
  }
}
