import { setTimeout as pause } from 'node:timers/promises';
import type { Meeting } from '../../electron/contract/meetings.ts';
import { administrator, newBackend, newOffice, type TestBackend } from '../support/backend.ts';

/** How many save at the same time. */
const savers = 6;

/** An office in which people can save. @returns its folder */
export async function makeSavingOffice(): Promise<string> {
  const backend = newBackend();
  const folder = await newOffice(backend);
  const fields = { name: 'Acme', kind: 'company', city: '', ownerId: null, notes: '' };
  await backend.ask(1, 'clients.create', { writeId: 'client-of-all', fields });
  await backend.close();
  return folder;
}

/** After these the same is asked again, with the same write id. */
const uncertain = /STORE_UNAVAILABLE|STORE_FULL|UNKNOWN_OUTCOME|SIGNED_OUT/;

/** People who save in an open office again and again, each a meeting of his own. */
export class Savers {
  /** Answers that were no answer: a person would have seen a sentence about each. */
  refused = 0;
  /** Of these, the ones that left open what had happened. */
  unknown = 0;
  readonly #backend: TestBackend;
  readonly #run: string;
  readonly #note: (word: 'sent' | 'saved', name: string, count: number) => void;
  readonly #paceMs: number;
  #isEnding = false;
  #isAbandoned = false;
  #all: Promise<void>[] = [];

  /**
   * @param run begins their names
   * @param note told of each save before it is sent and after it is acknowledged
   * @param paceMs how long each waits after a save
   */
  constructor(
    backend: TestBackend,
    run: string,
    note: (word: 'sent' | 'saved', name: string, count: number) => void,
    paceMs = 0,
  ) {
    this.#backend = backend;
    this.#run = run;
    this.#note = note;
    this.#paceMs = paceMs;
  }

  /** Signs in and lets them begin. */
  async start(): Promise<void> {
    const { userName, password } = administrator;
    await this.#backend.ask(1, 'session.signIn', { userName, password });
    const { rows }: { rows: { id: string }[] } = await this.#backend.ask(1, 'clients.list', { limit: 1 });
    const { user }: { user: { id: string } } = await this.#backend.ask(1, 'session.current');
    this.#all = Array.from({ length: savers }, (_, saver) =>
      this.#keepSaving(`${this.#run}-${String(saver)}`, rows[0]!.id, user.id),
    );
  }

  /** Resolves when each has had an answer to the last he sent. @throws what one of them was answered otherwise */
  async end(): Promise<void> {
    this.#isEnding = true;
    await Promise.all(this.#all);
  }

  /** Nobody asks any more, whatever he was answered. */
  async abandon(): Promise<void> {
    this.#isAbandoned = true;
    await this.end();
  }

  async #save<T>(channel: string, input: object): Promise<T | null> {
    while (!this.#isAbandoned) {
      try {
        return await this.#backend.ask(1, channel, input);
      } catch (error) {
        if (!uncertain.test(String(error))) throw error;
        this.refused += 1;
        if (String(error).includes('UNKNOWN_OUTCOME')) this.unknown += 1;
        await pause(20);
      }
    }
    return null;
  }

  async #keepSaving(name: string, clientId: string, ownerId: string): Promise<void> {
    let meeting: Meeting | null = null;
    for (let count = 0; !this.#isEnding; count += 1) {
      const fields = {
        ...{ clientId, ownerId, title: `${name} ${String(count)}`, details: `said ${String(count % 7)}` },
        ...{ type: 'call', status: count % 2 ? 'open' : 'closed', tags: [`t${String(count % 5)}`] },
        start: { date: '2026-11-20' },
      };
      const writeId: string = `${meeting ? 'update' : 'create'}-${name}-${String(count)}`;
      this.#note('sent', name, count);
      const reply: { meeting: Meeting } | null = meeting
        ? await this.#save('meetings.update', { writeId, id: meeting.id, version: meeting.version, fields })
        : await this.#save('meetings.create', { writeId, fields });
      if (!reply) return;
      ({ meeting } = reply);
      this.#note('saved', name, count);
      if (this.#paceMs > 0) await pause(this.#paceMs);
    }
  }
}
