import { contract } from '../../electron/contract/index.ts';
import { Failure } from '../../electron/contract/failure.ts';
import { clientsHandlers } from '../../electron/handlers/clients.ts';
import { journalHandlers } from '../../electron/handlers/journal.ts';
import { meetingsHandlers } from '../../electron/handlers/meetings.ts';
import { usersHandlers } from '../../electron/handlers/users.ts';
import type { TestStore } from '../support/startStore.ts';
import type { ClientQuery, FacetQuery, Query } from '../support/oracle/types.ts';
import type { Learned, Write } from '../support/oracle/writes.ts';

type MeetingPage = ReturnType<typeof contract.meetings.filter.output.parse>;
type FoundValues = ReturnType<typeof contract.meetings.facetValues.output.parse>;
type ClientPage = ReturnType<typeof contract.clients.list.output.parse>;

const journal = journalHandlers({ older: () => Promise.resolve([]) });

/** The program as a window sees it, without a window: contract, handlers, Lua, real redis. */
export class Product {
  readonly #store: TestStore;
  #writes = 0;

  constructor(store: TestStore) {
    this.#store = store;
  }

  async filter(userId: string, query: Query & { cursor?: string }): Promise<MeetingPage> {
    const { input, output } = contract.meetings.filter;
    return output.parse(await meetingsHandlers.filter(input.parse(query), this.#store.as(userId)));
  }

  async facetValues(userId: string, query: FacetQuery): Promise<FoundValues> {
    const { input, output } = contract.meetings.facetValues;
    return output.parse(await meetingsHandlers.facetValues(input.parse(query), this.#store.as(userId)));
  }

  async clients(userId: string, query: ClientQuery): Promise<ClientPage> {
    const { input, output } = contract.clients.list;
    return output.parse(await clientsHandlers.list(input.parse(query), this.#store.as(userId)));
  }

  /** Does one write. @returns what only the program knows of it, and the record if the reply holds one */
  async write(what: Write): Promise<{ learned: Learned; record: object | null }> {
    const context = this.#store.as(what.actor);
    this.#writes += 1;
    const { actor: _, kind, ...rest } = what;
    const request: unknown = { writeId: `oracle-${String(this.#writes)}`, ...rest };
    switch (kind) {
      case 'createMeeting': {
        const { input, output } = contract.meetings.create;
        const { entry, meeting } = output.parse(await meetingsHandlers.create(input.parse(request), context));
        return { learned: { entry, id: meeting.id, at: meeting.createdAt }, record: meeting };
      }
      case 'updateMeeting': {
        const { input, output } = contract.meetings.update;
        const { entry, meeting } = output.parse(await meetingsHandlers.update(input.parse(request), context));
        return { learned: { entry, id: meeting.id, at: meeting.changedAt }, record: meeting };
      }
      case 'deleteMeeting': {
        const { input, output } = contract.meetings.delete;
        return unstamped(output.parse(await meetingsHandlers.delete(input.parse(request), context)));
      }
      case 'createClient': {
        const { input, output } = contract.clients.create;
        const { entry, client } = output.parse(await clientsHandlers.create(input.parse(request), context));
        return { learned: { entry, id: client.id, at: client.createdAt }, record: client };
      }
      case 'updateClient': {
        const { input, output } = contract.clients.update;
        const { entry, client } = output.parse(await clientsHandlers.update(input.parse(request), context));
        return { learned: { entry, id: client.id, at: client.changedAt }, record: client };
      }
      case 'deleteClient': {
        const { input, output } = contract.clients.delete;
        return unstamped(output.parse(await clientsHandlers.delete(input.parse(request), context)));
      }
      case 'createUser': {
        const { input, output } = contract.users.create;
        // A password takes a tenth of a second to hash, and nobody signs in here: people are made active afterwards.
        const { entry, user } = output.parse(await usersHandlers.create(input.parse(request), context));
        return { learned: { entry, id: user.id, at: user.createdAt }, record: null };
      }
      case 'updateUser': {
        const { input, output } = contract.users.update;
        const { entry, user } = output.parse(await usersHandlers.update(input.parse(request), context));
        return { learned: { entry, id: user.id, at: user.changedAt }, record: null };
      }
      case 'assignClients': {
        const { input, output } = contract.users.assignClients;
        return unstamped(output.parse(await usersHandlers.assignClients(input.parse(request), context)));
      }
      case 'undo': {
        const { input, output } = contract.journal.undo;
        return unstamped(output.parse(await journal.undo(input.parse(request), context)));
      }
    }
  }

  /** Takes an import back. */
  async undo(userId: string, entry: number): Promise<void> {
    this.#writes += 1;
    await journal.undo({ writeId: `oracle-${String(this.#writes)}`, entry }, this.#store.as(userId));
  }

  /** Moves the office's clock, which never shows less than it ever did. Until it is set it goes with the engine's. */
  async letTimePass(ms: number): Promise<void> {
    await this.#store.redis.hincrby(`{ins:${String(this.#store.number)}}:office`, 'last_ms', ms);
  }

  /** Sets the office's clock ahead. @param at milliseconds since 1970, later than now */
  async setClock(at: number): Promise<void> {
    await this.#store.redis.hset(`{ins:${String(this.#store.number)}}:office`, 'last_ms', at);
  }

  /** When a record was last changed, for writes whose reply does not say; empty when it is gone. */
  async changedAt(noun: 'meeting' | 'client', id: string): Promise<string> {
    const administrator = this.#store.as(this.#store.administrator);
    const get = async (): Promise<{ changedAt: string }> =>
      noun === 'meeting'
        ? meetingsHandlers.get({ id }, administrator)
        : clientsHandlers.get({ id }, administrator);
    const found = await settle(get());
    return 'value' in found ? found.value.changedAt : '';
  }
}

const unstamped = ({ entry }: { entry: number }): { learned: Learned; record: null } => ({
  learned: { entry, id: '', at: '' },
  record: null,
});

export type Settled<T> = { value: T } | { refused: string };

/** An answer, or the code of the failure; anything else that goes wrong is thrown on. */
export async function settle<T>(answer: Promise<T>): Promise<Settled<T>> {
  try {
    return { value: await answer };
  } catch (error) {
    // An inner error is nobody's answer: its text is told, so that it never passes for the code expected.
    if (error instanceof Failure) return { refused: error.code === 'INTERNAL' ? error.message : error.code };
    throw error;
  }
}
