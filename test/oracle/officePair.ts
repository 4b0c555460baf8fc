import { buildOffice } from '../support/builders/buildOffice.ts';
import { Office } from '../support/oracle/office.ts';
import { Refused } from '../support/oracle/types.ts';
import { check, write } from '../support/oracle/write.ts';
import { clientRow, difference, meetingRow } from './difference.ts';
import { Product, settle } from './product.ts';
import type { Team } from '../support/builders/buildOffice.ts';
import type { Learned, Write } from '../support/oracle/writes.ts';
import type { Random } from '../support/random.ts';
import type { TestStore } from '../support/startStore.ts';

const hourMs = 3_600_000;
/** Clocks change in Europe before the week is over. */
const firstDay = Date.UTC(2030, 2, 28);

/** The same office twice: as the oracle knows it and as the program does. Every write goes to both. */
export class OfficePair {
  readonly oracle: Office;
  readonly product: Product;

  constructor(store: TestStore, zone: string) {
    const { administrator: id } = store;
    const names = { userName: 'admin', displayName: 'Ada Min' };
    const rights = { role: 'administrator', seesAllClients: false, active: true } as const;
    this.oracle = new Office(zone, { id, version: 1, ...names, ...rights });
    this.product = new Product(store);
  }

  /** A pair with people, clients and meetings in it. */
  static async build(
    store: TestStore,
    zone: string,
    random: Random,
    size: number,
  ): Promise<[OfficePair, Team]> {
    const pair = new OfficePair(store, zone);
    await pair.product.setClock(firstDay + random.between(0, 12) * hourMs);
    const team = await buildOffice(random, pair.oracle, store.administrator, size, async (what) => {
      if (random.chance(0.05)) await pair.letTimePass(random);
      return pair.send(what);
    });
    return [pair, team];
  }

  /** Mostly none or little, at times days: what is written is written on many. */
  async letTimePass(random: Random): Promise<void> {
    const ms = random.weighted([
      [5, 0],
      [3, random.between(1, 60)],
      [3, random.between(1, 5) * hourMs],
      [1, random.between(0, 3 * 24 * 60) * 60_000],
    ] as const);
    if (ms > 0) await this.product.letTimePass(ms);
  }

  /**
   * Does a write to both, or sees both refuse it alike.
   * @returns id of the record made, or nothing
   */
  async send(what: Write): Promise<string> {
    const expected = refusal(() => check(this.oracle, what));
    const got = await settle(this.product.write(what));
    const refused = 'refused' in got ? got.refused : null;
    if (refused !== expected) {
      throw new Error(`the oracle ${told(expected)}, the program ${told(refused)}: ${JSON.stringify(what)}`);
    }
    if ('refused' in got) return '';
    const learned = await this.#stamped(what, got.value.learned);
    write(this.oracle, what, () => learned);
    const differs = got.value.record && difference(this.#record(learned.id), got.value.record);
    if (differs) throw new Error(`the reply to ${JSON.stringify(what)} differs: ${differs}`);
    return learned.id;
  }

  /** The reply to an undo does not say when; the record it brought back does. */
  async #stamped(what: Write, learned: Learned): Promise<Learned> {
    if (what.kind !== 'undo') return learned;
    const entry = this.oracle.entries.find((one) => one.entry === what.entry);
    if (entry?.meeting)
      return { ...learned, at: await this.product.changedAt('meeting', entry.meeting.after.id) };
    if (entry?.client)
      return { ...learned, at: await this.product.changedAt('client', entry.client.after.id) };
    return learned;
  }

  #record(id: string): object {
    const meeting = this.oracle.meetings.get(id);
    if (meeting) return meetingRow(this.oracle, meeting);
    const client = this.oracle.clients.get(id);
    return client ? clientRow(this.oracle, client) : {};
  }
}

export function refusal(attempt: () => unknown): string | null {
  try {
    attempt();
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}

const told = (code: string | null): string => (code ? `refuses (${code})` : 'agrees');
