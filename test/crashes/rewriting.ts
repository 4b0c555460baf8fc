import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { contract } from '../../electron/contract/index.ts';
import { clientsHandlers } from '../../electron/handlers/clients.ts';
import type { Context } from '../../electron/handlers/context.ts';
import { openStore, type OpenStore } from '../../electron/office/openStore.ts';
import { connect } from '../../electron/redis/connection.ts';
import { EngineTrouble } from '../../electron/redis/engine.ts';
import { agreementOf } from '../support/agreement.ts';
import { recordsOf } from '../support/agreement/records.ts';
import { readStoredOffice } from '../support/agreement/storedOffice.ts';
import { copyFolder } from '../support/damagedFolders.ts';
import { engineOptions, luaFolder, newFolder, until } from '../support/engine.ts';
import { faultEngine, hasFired, wish, type Fault } from '../support/faultEngine.ts';
import type { Random } from '../support/random.ts';
import type { SavingTemplate } from './failing.ts';
import { cutPower, killAndCopy, lengthsIn, type PowerCut } from './lostPower.ts';

/** What is left of an office whose engine was disturbed while it wrote its files anew. */
export interface RewritingOutcome {
  readonly acknowledged: number;
  /** Whether what was to disturb it came while it did. */
  readonly fired: boolean;
  readonly cut: PowerCut | null;
  readonly wrongs: readonly string[];
}

export async function asAdministrator({ engine, store }: OpenStore): Promise<Context> {
  const redis = await connect(engine.endpoint, 'daybook');
  const { users } = recordsOf(await readStoredOffice(redis, 1).finally(() => redis.disconnect()));
  return { store, actor: [...users.keys()][0] ?? '', zone: 'UTC', windowId: 1 };
}

/** Saves clients one after the other until it fails or is told to end. */
export class Writer {
  readonly acknowledged: string[] = [];
  isEnding = false;
  readonly #done: Promise<void>;

  constructor(name: string, context: Context) {
    this.#done = this.#write(name, context);
  }

  async #write(name: string, context: Context): Promise<void> {
    for (let count = 0; !this.isEnding; count += 1) {
      const fields = { name: `${name} ${String(count)}` };
      const input = contract.clients.create.input.parse({ writeId: crypto.randomUUID(), fields });
      const isSaved = await clientsHandlers.create(input, context).then(
        () => true,
        () => false,
      );
      if (!isSaved) return;
      this.acknowledged.push(fields.name);
    }
  }

  end(): Promise<void> {
    this.isEnding = true;
    return this.#done;
  }
}

/** @param acknowledged names that must be there, each once */
export async function judgeClients(dataFolder: string, acknowledged: readonly string[]): Promise<string[]> {
  const opened = await openStore({ ...engineOptions(dataFolder), luaFolder }).catch((error: unknown) => {
    if (error instanceof EngineTrouble) return error;
    throw error;
  });
  if (opened instanceof EngineTrouble)
    return [`${opened.message}, ${JSON.stringify(opened.damage)}: ${opened.log.slice(-600)}`];
  try {
    const redis = await connect(opened.engine.endpoint, 'daybook');
    const { records, differences } = await agreementOf(redis).finally(() => redis.disconnect());
    const names = [...records.clients.values()].map(({ name }) => name);
    const there = new Set(names);
    const lost = acknowledged.filter((name) => !there.has(name));
    return [
      ...differences,
      ...lost.map((name) => `${name} is lost`),
      ...(there.size === names.length ? [] : ['a client is there twice']),
    ];
  } finally {
    await opened.close();
  }
}

async function writingMeanwhile<T>(
  folder: string,
  use: (opened: OpenStore, writers: readonly Writer[]) => Promise<T>,
): Promise<T> {
  const options = { ...engineOptions(path.join(folder, 'data')), luaFolder, redisServer: faultEngine };
  const opened = await openStore(options);
  try {
    const context = await asAdministrator(opened);
    return await use(
      opened,
      ['Acme', 'Bolt', 'Core'].map((name) => new Writer(name, context)),
    );
  } finally {
    await opened.close();
  }
}

export const all = (writers: readonly Writer[]): string[] =>
  writers.flatMap(({ acknowledged }) => acknowledged);

/** One call for the files fails while people write and the files are written anew; then that is done again. */
export async function failRewriting(template: SavingTemplate, fault: Fault): Promise<RewritingOutcome> {
  const folder = copyFolder(template.folder, newFolder());
  const dataFolder = path.join(folder, 'data');
  wish(dataFolder, { fail: fault });
  const acknowledged = await writingMeanwhile(folder, async (opened, writers) => {
    await opened.compact().catch(() => undefined);
    await until(() => hasFired(dataFolder));
    await opened.compact().catch(() => undefined);
    const then = all(writers).length;
    await Promise.race([until(() => all(writers).length > then + 5), opened.engine.ended]);
    await Promise.all(writers.map((writer) => writer.end()));
    return all(writers);
  });
  return {
    ...{ acknowledged: acknowledged.length, fired: hasFired(dataFolder), cut: null },
    wrongs: await judgeClients(dataFolder, acknowledged),
  };
}

/** The power fails while people write and the files are written anew. */
export async function cutRewriting(template: SavingTemplate, random: Random): Promise<RewritingOutcome> {
  const folder = copyFolder(template.folder, newFolder());
  const dataFolder = path.join(folder, 'data');
  const before = {
    lengths: lengthsIn(dataFolder),
    mark: readFileSync(path.join(dataFolder, 'acknowledged')),
  };
  wish(dataFolder, { log: true, delayMs: 4 });
  const { copy, acknowledged, fired } = await writingMeanwhile(folder, async (opened, writers) => {
    await pause(20);
    let isOver = false;
    const rewriting = opened.compact().catch(() => undefined);
    void rewriting.then(() => (isOver = true));
    await pause(random.between(0, 100));
    const killed = killAndCopy(folder);
    const seen = { copy: path.join(killed, 'data'), acknowledged: all(writers), fired: !isOver };
    await Promise.all(writers.map((writer) => writer.end()));
    return seen;
  });
  const cut = cutPower(copy, before, random);
  return { cut, fired, acknowledged: acknowledged.length, wrongs: await judgeClients(copy, acknowledged) };
}
