import { setImmediate as turn } from 'node:timers/promises';
import type { Store } from '../redis/store.ts';
import type { Findings, Told } from './findings.ts';

/** The check was given up because somebody cancelled it. */
export class GivenUp extends Error {}

export interface LookOptions {
  readonly store: Store;
  /** Id of an administrator. */
  readonly actor: string;
  /** Puts right what differs as it is found. */
  readonly repair: boolean;
  readonly signal: AbortSignal | undefined;
  readonly findings: Findings;
}

/** Calls the functions of lua/check.lua; what differs goes to the findings. */
export class Looker {
  readonly store: Store;
  readonly findings: Findings;
  readonly #options: LookOptions;
  /** Ids of all users there are records of. */
  users: readonly string[] = [];

  constructor(options: LookOptions) {
    this.#options = options;
    this.store = options.store;
    this.findings = options.findings;
  }

  /** Asks for something, without looking for differences in the answer. */
  async ask<T>(name: string, request: object): Promise<T> {
    const { store, actor, signal } = this.#options;
    if (signal?.aborted) throw new GivenUp();
    const reply = await store.call(`check_${name}`, { actor, users: this.users, ...request });
    // Whoever waits for the engine or for this process is served in between.
    await turn();
    return reply as T;
  }

  /** Looks, keeps what differs, and puts it right when that was asked for. @returns the rest of the reply */
  async look<T>(name: string, request: object): Promise<T> {
    const { store, actor, repair } = this.#options;
    const reply = await this.ask<T & { differences: Told[] }>(name, request);
    this.findings.add(reply.differences, !repair);
    if (repair && reply.differences.some(([, , , canBeRepaired]) => canBeRepaired)) {
      // It looks again: what was put right, or written, meanwhile is left alone.
      await store.call(`repair_${name}`, { actor, users: this.users, ...request });
    }
    return reply;
  }

  /** Goes through what is answered page by page under a cursor of the engine. */
  async scan(name: string, request: object = {}): Promise<void> {
    for (let cursor: string | null = '0'; cursor !== null;) {
      const reply: { cursor: string } = await this.look(name, { ...request, cursor });
      cursor = reply.cursor === '0' ? null : reply.cursor;
    }
  }

  /** The same in the order of entries. */
  async walk(name: string, request: object): Promise<void> {
    for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
      ({ after } = await this.look<{ after: string | null }>(name, { ...request, after }));
    }
  }

  unreadable(what: string): void {
    this.findings.add([['records', 'unreadable', what, false]]);
  }
}
