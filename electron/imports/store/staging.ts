import { Failure } from '../../contract/failure.ts';
import type { Store } from '../../redis/store.ts';
import { fold } from '../../text/fold.ts';
import type { FiledClient, Segment } from '../segment/buildSegment.ts';
import type { Reservation } from '../segment/reservedIds.ts';
import { settleImport } from './settleImport.ts';
import type { StagedClient, StagedOwner, StagedUpdate } from './staged.ts';
import { userNameFrom } from './userNameFrom.ts';

/** What a committed import brought; `entry` is the journal's entry, by which it can be undone. */
export interface Committed {
  readonly entry: number;
  /** New ones. */
  readonly meetings: number;
  readonly newClients: number;
  readonly newUsers: number;
  /** Meetings that changed, and those left alone because somebody changed them meanwhile. */
  readonly updated: number;
  readonly left: number;
}

const clientsPerCall = 500;
const usersPerCall = 500;
/** Their texts may be long. */
const updatesPerCall = 200;
const slotsPerCall = 1_000;
/** Pauses before a step is repeated when the store could not be reached; together about as long as it takes to come back. */
const pausesMs = [100, 300, 1_000, 3_000];

/**
 * An import on its way into the store. What it stages is seen by nobody before `commit`, which shows all of it at once;
 * `discardImport` removes it instead. Steps are numbered, so that one whose outcome is unknown can be repeated.
 */
export class Staging {
  readonly importId: string;
  /** Instant that its meetings are stamped with. */
  readonly at: string;
  readonly #store: Store;
  readonly #actor: string;
  #step = 0;
  readonly #newSlots: number[] = [];

  private constructor(store: Store, actor: string, begun: { importId: string; at: string }) {
    this.#store = store;
    this.#actor = actor;
    this.importId = begun.importId;
    this.at = begun.at;
  }

  /**
   * @param label what the journal calls the import, the file's name
   * @throws Failure NOT_ALLOWED unless the actor is an administrator or manager
   */
  static async begin(store: Store, actor: string, label: string): Promise<Staging> {
    const begun = (await store.call('imports_begin', { actor, label })) as { importId: string; at: string };
    return new Staging(store, actor, begun);
  }

  /** @returns the clients as meetings are filed under them, in the same order */
  async clients(clients: readonly StagedClient[]): Promise<FiledClient[]> {
    const filed: FiledClient[] = [];
    for (const part of parts(clients, clientsPerCall)) {
      const { ids, slots } = (await this.#stage('imports_clients', { clients: part })) as {
        ids: string[];
        slots: number[];
      };
      this.#newSlots.push(...slots);
      filed.push(...part.map(({ nameKey }, at) => ({ id: ids[at]!, slot: slots[at]!, nameKey })));
    }
    return filed;
  }

  /** People who own meetings but cannot sign in. @returns the ids, in the same order */
  async owners(owners: readonly StagedOwner[]): Promise<string[]> {
    const ids: string[] = [];
    for (const part of parts(owners, usersPerCall)) ids.push(...(await this.#users(part)));
    return ids;
  }

  /** Places for meetings, to be filled by one segment. @param count at most 65,536 */
  async reserve(count: number): Promise<Reservation> {
    return (await this.#stage('imports_reserve', { count })) as Reservation;
  }

  /** Fills places that were reserved. */
  async segment({ records, slots, codes, parts, tagFolds, externalIds, ...columns }: Segment): Promise<void> {
    const { row, count } = columns;
    await this.#untilAnswered(() => this.#store.writeRecords(row, records));
    await this.#stage('imports_columns', columns, slots, codes);
    for (const [number, { postings, dense, lists }] of parts.entries()) {
      const isLast = number === parts.length - 1;
      const names = isLast ? { tagFolds, externalIds } : { tagFolds: {}, externalIds: {} };
      const content = { row, count, last: isLast, postings, ...names };
      await this.#stage('imports_postings', content, dense, lists);
    }
  }

  /** Other states of meetings that are there; they are made when the import is committed. */
  async updates(updates: readonly StagedUpdate[]): Promise<void> {
    for (const part of parts(updates, updatesPerCall))
      await this.#stage('imports_updates', { updates: part });
  }

  /** Lets a user see new clients. @param slots their numbers; without them all clients of this import */
  async viewer(user: string, slots: readonly number[] = this.#newSlots): Promise<void> {
    for (const part of parts(slots, slotsPerCall)) {
      await this.#stage('imports_viewers', { viewers: [{ user, slots: part }] });
    }
  }

  /** Shows everything staged, at once; of many updates the last ones follow. @param writeId the same one when repeated */
  async commit(writeId: string): Promise<Committed> {
    const request = { actor: this.#actor, importId: this.importId, writeId };
    const shown = (await this.#untilAnswered(() => this.#store.call('imports_commit', request))) as Committed;
    const settled = await this.#untilAnswered(() => settleImport(this.#store, this.importId));
    return { ...shown, ...settled };
  }

  /** A user name may be somebody else's already; only the store knows, so those are tried one by one with a number. */
  async #users(owners: readonly StagedOwner[]): Promise<string[]> {
    try {
      return await this.#newUsers(numbered(owners));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    const ids: string[] = [];
    for (const owner of owners) ids.push(await this.#user(owner));
    return ids;
  }

  async #user(owner: StagedOwner): Promise<string> {
    for (let number = 1; ; number += 1) {
      try {
        const [id = ''] = await this.#newUsers([user(owner, number)]);
        return id;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    }
  }

  async #newUsers(users: readonly object[]): Promise<string[]> {
    return ((await this.#stage('imports_users', { users })) as { ids: string[] }).ids;
  }

  async #stage(functionName: string, content: object, ...bytes: Uint8Array[]): Promise<unknown> {
    const request = { actor: this.#actor, importId: this.importId, step: this.#step + 1, ...content };
    const reply = await this.#untilAnswered(() => this.#store.call(functionName, request, ...bytes));
    this.#step += 1;
    return reply;
  }

  async #untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
    for (const pauseMs of pausesMs) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof Failure) || !['UNKNOWN_OUTCOME', 'STORE_UNAVAILABLE'].includes(error.code))
          throw error;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
    return ask();
  }
}

const isDuplicate = (error: unknown): boolean => error instanceof Failure && error.code === 'DUPLICATE';

function* parts<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}

/** An inactive user as the store takes it. */
function user(owner: StagedOwner, number: number): object {
  const userName = userNameFrom(owner.displayName, number);
  const fields = {
    userName,
    userNameKey: fold(userName),
    role: 'adviser',
    seesAllClients: false,
    active: false,
  };
  return { ...owner, ...fields };
}

/** Users whose user names differ among themselves. */
function numbered(owners: readonly StagedOwner[]): object[] {
  const taken = new Map<string, number>();
  return owners.map((owner) => {
    const name = userNameFrom(owner.displayName, 1);
    const number = (taken.get(name) ?? 0) + 1;
    taken.set(name, number);
    return user(owner, number);
  });
}
