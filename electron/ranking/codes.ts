import { slices } from './bounds.ts';

/** Orders with codes, as lua/store/orders.lua names them. */
export const codedOrders = ['start', 'title', 'client', 'duration', 'createdAt', 'changed'] as const;
export type CodedOrder = (typeof codedOrders)[number];
/** What of a meeting it is sorted by, besides its client and its stamps. */
export interface MeetingKeys {
  readonly startKey: string;
  readonly titleKey: string;
  readonly durationMinutes: number | null;
}
/** ISO instants. */
export interface MeetingStamps {
  readonly createdAt: string;
  readonly changedAt: string;
}
export type Coders = Readonly<Record<CodedOrder, (key: string) => number>>;

/** Bits of the codes, by order and then by bit, each a bitmap over the meetings of a segment. */
export class Codes {
  readonly bytes: Uint8Array;
  readonly #width: number;
  readonly #coders: Coders;

  constructor(count: number, coders: Coders) {
    this.#width = Math.ceil(count / 8);
    this.bytes = new Uint8Array(codedOrders.length * slices * this.#width);
    this.#coders = coders;
  }

  add(at: number, meeting: MeetingKeys, clientKey: string, { createdAt, changedAt }: MeetingStamps): void {
    const { start, title, client, duration, createdAt: created, changed } = this.#coders;
    this.#write(0, at, start(meeting.startKey));
    this.#write(1, at, title(meeting.titleKey));
    this.#write(2, at, client(clientKey));
    this.#write(3, at, duration(durationKey(meeting.durationMinutes)));
    this.#write(4, at, created(createdAt));
    this.#write(5, at, changed(changedAt));
  }

  #write(order: number, at: number, code: number): void {
    const mask = 0x80 >>> (at & 7);
    let place = order * slices * this.#width + (at >>> 3);
    for (let bits = code; bits > 0; bits >>>= 1) {
      if (bits & 1) this.bytes[place]! |= mask;
      place += this.#width;
    }
  }
}

/** As lua/store/orders.lua writes a duration: no duration comes before 0. */
export const durationKey = (minutes: number | null): string =>
  String(minutes === null ? 0 : minutes + 1).padStart(6, '0');

/** Bounds of each order as they are in force, and which generation of them that is. */
export type OrderBounds = Readonly<
  Record<CodedOrder, { readonly generation: string; readonly bounds: readonly string[] }>
>;
