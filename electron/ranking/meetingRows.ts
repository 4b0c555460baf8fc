import type { Store } from '../redis/store.ts';
import { durationKey, type CodedOrder, type MeetingKeys, type MeetingStamps } from './codes.ts';

/** What a meeting's row is sorted by. */
export interface RowKeys extends MeetingKeys, MeetingStamps {
  /** Folded name of the client. */
  readonly clientKey: string;
}

/** The key in one order, as orders.key in lua/store/orders.lua answers it. */
export const keyIn: Readonly<Record<CodedOrder, (row: RowKeys) => string>> = {
  start: ({ startKey }) => startKey,
  title: ({ titleKey }) => titleKey,
  client: ({ clientKey }) => clientKey,
  duration: ({ durationMinutes }) => durationKey(durationMinutes),
  createdAt: ({ createdAt }) => createdAt,
  changed: ({ changedAt }) => changedAt,
};

const clientsPerRead = 100;

/** Reads what rows are sorted by, from their records. */
export class MeetingRows {
  /** Rows for one call: a few milliseconds of the engine and of this process. */
  static readonly perRead = 400;
  readonly #store: Store;
  readonly #clients: ReadonlyMap<string, string>;

  private constructor(store: Store, clients: ReadonlyMap<string, string>) {
    this.#store = store;
    this.#clients = clients;
  }

  /** Knows the clients as they are named now; who renames one meanwhile makes the ranking by client begin again. */
  static async of(store: Store): Promise<MeetingRows> {
    const known = new Map<string, string>();
    for (let from = 0, more = true; more; from += clientsPerRead) {
      const reply = (await store.call('ranking_clients', { from, count: clientsPerRead })) as {
        clients: { id: string; nameKey: string }[];
        more: boolean;
      };
      for (const { id, nameKey } of reply.clients) known.set(id, nameKey);
      more = reply.more;
    }
    return new MeetingRows(store, known);
  }

  /** @returns in the same order, null for rows without a record */
  async read(rows: readonly number[]): Promise<(RowKeys | null)[]> {
    const records = await this.#store.readRecords(rows);
    return records.map((record) => (record === null ? null : this.#keysOf(record)));
  }

  #keysOf(record: string): RowKeys {
    const meeting = JSON.parse(record) as MeetingKeys & MeetingStamps & { clientId: string };
    const { startKey, titleKey, durationMinutes, createdAt, changedAt, clientId } = meeting;
    // A client that came after the ranking began: the row was written since, and is coded at the end.
    const clientKey = this.#clients.get(clientId) ?? '';
    return { startKey, titleKey, durationMinutes, createdAt, changedAt, clientKey };
  }
}
