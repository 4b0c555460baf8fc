import { Failure } from '../../contract/failure.ts';
import type { Store } from '../../redis/store.ts';
import { fold } from '../../text/fold.ts';
import type { StagedClient, StagedMeeting, StagedOwner } from './staged.ts';
import { userNameFrom } from './userNameFrom.ts';

/** A meeting for the store, with the ids of its client and owner. */
export interface FiledMeeting extends StagedMeeting {
  readonly clientId: string;
  readonly ownerId: string;
}

/** What a committed import brought; `entry` is the journal's entry, by which it can be undone. */
export interface Committed {
  readonly entry: number;
  readonly meetings: number;
  readonly newClients: number;
  readonly newUsers: number;
}

const clientsPerCall = 500;
const usersPerCall = 500;
const meetingsPerCall = 250;
/** Pauses before a step is repeated when the store could not be reached; together about as long as it takes to come back. */
const pausesMs = [100, 300, 1_000, 3_000];

/**
 * An import on its way into the store. What it stages is seen by nobody before `commit`, which shows all of it at once;
 * `discardImport` removes it instead. Steps are numbered, so that one whose outcome is unknown can be repeated.
 */
export class Staging {
  readonly importId: string;
  readonly #store: Store;
  readonly #actor: string;
  #step = 0;

  private constructor(store: Store, actor: string, importId: string) {
    this.#store = store;
    this.#actor = actor;
    this.importId = importId;
  }

  /**
   * @param label what the journal calls the import, the file's name
   * @throws Failure NOT_ALLOWED unless the actor is an administrator or manager
   */
  static async begin(store: Store, actor: string, label: string): Promise<Staging> {
    const { importId } = (await store.call('imports_begin', { actor, label })) as { importId: string };
    return new Staging(store, actor, importId);
  }

  /** @returns the ids, in the same order */
  async clients(clients: readonly StagedClient[]): Promise<string[]> {
    const ids: string[] = [];
    for (const part of parts(clients, clientsPerCall))
      ids.push(...(await this.#stage('imports_clients', { clients: part })).ids);
    return ids;
  }

  /** People who own meetings but cannot sign in. @returns the ids, in the same order */
  async owners(owners: readonly StagedOwner[]): Promise<string[]> {
    const ids: string[] = [];
    for (const part of parts(owners, usersPerCall)) ids.push(...(await this.#users(part)));
    return ids;
  }

  async meetings(meetings: readonly FiledMeeting[]): Promise<void> {
    for (const part of parts(meetings, meetingsPerCall))
      await this.#stage('imports_meetings', { meetings: part });
  }

  /** Shows everything staged, at once. @param writeId the same one when repeated */
  async commit(writeId: string): Promise<Committed> {
    const request = { actor: this.#actor, importId: this.importId, writeId };
    return (await this.#untilAnswered('imports_commit', request)) as Committed;
  }

  /** A user name may be somebody else's already; only the store knows, so those are tried one by one with a number. */
  async #users(owners: readonly StagedOwner[]): Promise<string[]> {
    try {
      return (await this.#stage('imports_users', { users: numbered(owners) })).ids;
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
        const [id = ''] = (await this.#stage('imports_users', { users: [user(owner, number)] })).ids;
        return id;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    }
  }

  async #stage(functionName: string, content: object): Promise<{ ids: string[] }> {
    const request = { actor: this.#actor, importId: this.importId, step: this.#step + 1, ...content };
    const reply = (await this.#untilAnswered(functionName, request)) as { ids: string[] };
    this.#step += 1;
    return reply;
  }

  async #untilAnswered(functionName: string, request: object): Promise<unknown> {
    for (const pauseMs of pausesMs) {
      try {
        return await this.#store.call(functionName, request);
      } catch (error) {
        if (!(error instanceof Failure) || !['UNKNOWN_OUTCOME', 'STORE_UNAVAILABLE'].includes(error.code))
          throw error;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
    return this.#store.call(functionName, request);
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
