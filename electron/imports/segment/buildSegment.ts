import { fold } from '../../text/fold.ts';
import { wordsIn } from '../../text/words.ts';
import type { StagedMeeting } from '../store/staged.ts';
import { Codes, codedOrders, type CodedOrder, type Coders } from '../../ranking/codes.ts';
import { FieldPostings } from './postings.ts';
import { fourBytesEach, PostingsWriter, type PostingsPart } from './postingsWriter.ts';
import type { RecordBytes } from '../../redis/store.ts';
import { RecordWriter } from './recordWriter.ts';
import { recordText } from './recordText.ts';
import { reservedIds, type Reservation } from './reservedIds.ts';

/** A client as meetings are filed under it. */
export interface FiledClient {
  readonly id: string;
  /** Number of the client in the store. */
  readonly slot: number;
  readonly nameKey: string;
}

/** What is the same for all meetings of an import. */
export interface ImportStamps {
  /** Instant that all its meetings are stamped with. */
  readonly at: string;
  /** Id of the user who imports. */
  readonly by: string;
  readonly coders: Coders;
  /** Which bounds the codes were made from. */
  readonly generations: Readonly<Record<CodedOrder, { readonly generation: string }>>;
}

/** Meetings made ready for the store, in the form that lua/store/segment.lua only has to copy. */
export interface Segment {
  readonly row: number;
  readonly count: number;
  /** Of each row, in order. */
  readonly records: RecordBytes;
  /** Clients and owners that occur. */
  readonly clients: readonly number[];
  readonly owners: readonly string[];
  /** Orders whose codes there are, each with the generation of its bounds. */
  readonly orders: readonly (readonly [order: CodedOrder, generation: string])[];
  readonly slots: Uint8Array;
  readonly codes: Uint8Array;
  readonly parts: readonly PostingsPart[];
  /** By tag, its folded form. */
  readonly tagFolds: Readonly<Record<string, string>>;
  /** Row by external id. */
  readonly externalIds: Readonly<Record<string, number>>;
}

/** Builds the segments of one import, one after the other. */
export class SegmentBuilder {
  readonly #stamps: ImportStamps;
  readonly #values = ['type', 'status', 'priority', 'owner', 'client', 'tag'].map(
    (field) => new FieldPostings(field),
  );
  readonly #words = new FieldPostings('meetings_word');
  readonly #records = new RecordWriter();
  /** Of the segment that is being built. */
  #tagFolds = new Map<string, string>();
  #externalIds = new Map<string, number>();

  constructor(stamps: ImportStamps) {
    this.#stamps = stamps;
  }

  /**
   * @param clients of each meeting
   * @param owners id of each meeting's owner
   */
  build(
    meetings: readonly StagedMeeting[],
    reservation: Reservation,
    clients: readonly FiledClient[],
    owners: readonly string[],
  ): Segment {
    const { at, by, coders, generations } = this.#stamps;
    const idOf = reservedIds(reservation);
    const codes = new Codes(meetings.length, coders);
    const stamps = { createdAt: at, changedAt: at };
    this.#tagFolds = new Map();
    this.#externalIds = new Map();
    for (const [number, meeting] of meetings.entries()) {
      const client = clients[number]!;
      const ownerId = owners[number]!;
      codes.add(number, meeting, client.nameKey, stamps);
      this.#file(meeting, number, client, ownerId);
      if (meeting.externalId) this.#externalIds.set(meeting.externalId, reservation.row + number);
      this.#records.write(recordText(meeting, { id: idOf(number), clientId: client.id, ownerId, at, by }));
    }
    const slots = clients.map(({ slot }) => slot);
    return {
      row: reservation.row,
      count: meetings.length,
      records: this.#records.take(),
      clients: [...new Set(slots)],
      owners: [...new Set(owners)],
      orders: codedOrders.map((order) => [order, generations[order].generation]),
      slots: fourBytesEach(slots),
      codes: codes.bytes,
      parts: this.#takeParts(reservation.row, meetings.length),
      externalIds: Object.fromEntries(this.#externalIds),
      tagFolds: Object.fromEntries(this.#tagFolds),
    };
  }

  #file(meeting: StagedMeeting, at: number, client: FiledClient, ownerId: string): void {
    const [type, status, priority, owner, clients, tags] = this.#values as [
      FieldPostings,
      FieldPostings,
      FieldPostings,
      FieldPostings,
      FieldPostings,
      FieldPostings,
    ];
    type.add(meeting.type, at);
    status.add(meeting.status, at);
    priority.add(meeting.priority, at);
    owner.add(ownerId, at);
    clients.add(String(client.slot), at);
    for (const tag of meeting.tags) {
      tags.add(tag, at);
      if (!this.#tagFolds.has(tag)) this.#tagFolds.set(tag, fold(tag));
    }
    for (const word of wordsIn(meeting.titleKey)) this.#words.add(word, at);
    for (const word of wordsIn(meeting.details)) this.#words.add(word, at);
  }

  #takeParts(row: number, count: number): readonly PostingsPart[] {
    const writer = new PostingsWriter(row, count);
    for (const postings of [...this.#values, this.#words]) postings.take(writer);
    return writer.parts();
  }
}
