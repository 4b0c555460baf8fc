import type { Inspection } from './inspectFile.ts';
import type { ReadRequest } from './readMeetings.ts';
import type { RefusedRow } from '../contract/imports.ts';
import type { FiledClient, Segment } from './segment/buildSegment.ts';
import type { OrderBounds } from './segment/codes.ts';
import type { Reservation } from './segment/reservedIds.ts';
import type { StagedClient, StagedOwner } from './store/staged.ts';

/** What building segments takes beside the file. */
export interface SegmentRequest extends ReadRequest {
  /** Id of the user who imports. */
  readonly by: string;
  /** Instant that all meetings are stamped with. */
  readonly at: string;
  /** Id of the owner of rows that name none. */
  readonly defaultOwner: string;
}

/** The store's side of reading a file. */
export interface StoreSide {
  /** Told how the rows of the file are spread, before they come: answers the bounds their codes are made from. */
  balance(sample: FileSample): Promise<OrderBounds>;
  /** Gives the rows of the next segment what they need; called in the order of the file. */
  provide(need: Need): Promise<Provided>;
}

/** What the reader's thread is started with. */
export type ReaderTask =
  | { readonly task: 'inspect'; readonly path: string; readonly today: string; readonly sheet: string | null }
  | ({ readonly task: 'read' } & SegmentRequest);

/** What the rows of a segment need of the store: a place each, and names that occur for the first time. */
export interface Need {
  readonly clients: readonly StagedClient[];
  readonly owners: readonly StagedOwner[];
  /** Meetings. */
  readonly count: number;
}

export interface Provided {
  /** Of each name, in order. */
  readonly clients: readonly FiledClient[];
  readonly ownerIds: readonly string[];
  readonly reservation: Reservation;
}

/** What some rows of the file came to. */
export interface SegmentBatch {
  /** Null when every row was refused. */
  readonly segment: Segment | null;
  readonly refused: readonly RefusedRow[];
  readonly rows: number;
  /** Share of the file read so far, 0 to 1. */
  readonly share: number;
}

/** Sort keys of meetings from all over a file, and about how many meetings it has. */
export interface FileSample {
  readonly keys: {
    readonly start: string[];
    readonly title: string[];
    readonly client: string[];
    readonly duration: string[];
  };
  readonly meetings: number;
}

/** What the thread says. `trouble` is the problem of a `FileTrouble`. */
export type ReaderMessage =
  | { readonly kind: 'inspected'; readonly inspection: Inspection }
  | { readonly kind: 'sampled'; readonly sample: FileSample }
  | { readonly kind: 'need'; readonly need: Need }
  | { readonly kind: 'batch'; readonly batch: SegmentBatch }
  | { readonly kind: 'end' }
  | { readonly kind: 'trouble'; readonly problem: string };

/** What the thread is told: that a batch was taken, or what it asked for. */
export type ReaderAnswer =
  { readonly kind: 'more' } | { readonly kind: 'answer'; readonly value: OrderBounds | Provided };

/** How many batches the thread may be ahead of the store: enough to keep both busy, few enough to bound memory. */
export const batchesAhead = 2;
