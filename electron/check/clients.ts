import { clientFields } from './fields.ts';
import {
  plausibleIds,
  postingsOf,
  rowsOf,
  staleOf,
  untilFresh,
  type Claimed,
  type ClaimReply,
} from './claims.ts';
import type { Looker } from './look.ts';
import { clientOf, digestOf, type CheckedClient } from './records.ts';
import type { Tally } from './tally.ts';

const perCall = 50;

/** A client that meetings are filed under. */
export interface KnownClient {
  readonly record: CheckedClient;
  readonly digest: string;
}

/** The clients of the office, as they were read last. */
export class ClientTable {
  readonly #looker: Looker;
  readonly #bySlot = new Map<number, KnownClient>();
  /** Behind the last slot that was read. */
  #next = 0;

  constructor(looker: Looker) {
    this.#looker = looker;
  }

  /** @returns texts in the same order, null where there is no record */
  async read(slots: readonly number[]): Promise<(string | null)[]> {
    const { records } = await this.#looker.ask<{ records: (string | null)[] }>('records', { slots });
    slots.forEach((slot, at) => {
      const text = records[at] ?? null;
      const record = text === null ? null : clientOf(text, slot);
      if (text !== null) this.#next = Math.max(this.#next, slot + 1);
      if (!record) return;
      const { notes: _notes, ...rest } = record as CheckedClient & { notes?: string };
      this.#bySlot.set(slot, { record: rest, digest: digestOf(text) });
    });
    return records;
  }

  /** Reads clients that came since. */
  async readOn(): Promise<void> {
    for (;;) {
      const first = this.#next;
      const slots = Array.from({ length: perCall }, (_, at) => first + at);
      const texts = await this.read(slots);
      if (texts.every((text) => text === null)) return;
    }
  }

  at(slot: number): KnownClient | undefined {
    return this.#bySlot.get(slot);
  }

  /** Slots with the digests of the texts they were known by, as lua/check/claims.lua wants them. */
  digests(slots: Iterable<number>): [number, string][] {
    return [...new Set(slots)].map((slot) => [slot, this.#bySlot.get(slot)?.digest ?? '']);
  }
}

/** Looks at all clients: their ids, names, words, and who sees them. @returns how many there are */
export async function checkClients(
  looker: Looker,
  table: ClientTable,
  tally: Tally,
  count: number,
): Promise<number> {
  let clients = 0;
  let before = '';
  for (let from = 0; from < count; from += perCall) {
    const slots = Array.from({ length: Math.min(perCall, count - from) }, (_, at) => from + at);
    const records = (await table.read(slots)).map((text, at) => (text === null ? null : clientOf(text, from + at)));
    const fits = plausibleIds(records.map((record) => record?.id ?? null), before);
    const ids = records.map((record, at) => (record && fits[at] ? record.id : ''));
    fits.forEach((isFit, at) => isFit || looker.unreadable(`client ${String(from + at)} has a wrong id`));
    await looker.look('ids', { noun: 'clients', from, records: ids, before });
    before = ids.findLast((id) => id !== '') ?? before;
    clients += records.filter((record) => record !== null).length;
    await untilFresh(slots, (some) => checkSome(looker, table, some, tally), (slot) =>
      looker.unreadable(`client ${String(slot)}`));
  }
  return clients;
} // prettier-ignore

async function checkSome(
  looker: Looker,
  table: ClientTable,
  slots: readonly number[],
  tally: Tally,
): Promise<Map<number, string>> {
  const claimed: Claimed<CheckedClient>[] = [];
  (await table.read(slots)).forEach((text, at) => {
    const number = slots[at]!;
    const filed = text === null ? null : clientOf(text, number);
    if (text !== null && filed === null) looker.unreadable(`client ${String(number)}`);
    else claimed.push({ number, text, clientSlot: -1, filed });
  });
  const postings = postingsOf(claimed, clientFields);
  const request = { noun: 'clients', rows: rowsOf(claimed), clients: [], postings };
  const { stale } = await looker.look<ClaimReply>('clients', request);
  for (const [field, value, , places] of postings) {
    for (const place of places) if (!stale.includes(claimed[place]!.number)) tally.add(field, value);
  }
  return staleOf(claimed, stale);
}
