import type { Inspection } from './inspectFile.ts';
import type { ReadRequest } from './readMeetings.ts';
import type { ReportShow } from '../contract/imports.ts';
import type { NamedMeeting } from '../redis/storedRows.ts';
import type { OutcomeIndex } from './report/outcomeWriter.ts';
import type { FiledClient, Segment } from './segment/buildSegment.ts';
import type { OrderBounds } from '../ranking/codes.ts';
import type { Reservation } from './segment/reservedIds.ts';
import type { StagedClient, StagedOwner, StagedUpdate } from './store/staged.ts';

/** What building segments takes beside the file. */
export interface SegmentRequest extends ReadRequest {
  /** Id of the user who imports. */
  readonly by: string;
  /** Instant that all meetings are stamped with. */
  readonly at: string;
  /** Id of the owner of rows that name none. */
  readonly defaultOwner: string;
  /** Only finds out what the file would do. */
  readonly dryRun: boolean;
  /** File into which the outcome of each row is written; it does not exist yet. */
  readonly outcomesFile: string;
}

/** The store's side of reading a file. */
export interface StoreSide {
  /** Told how the rows of the file are spread, before they come: answers the bounds their codes are made from. */
  balance(sample: FileSample): Promise<OrderBounds>;
  /** What the office has of these names and ids. */
  lookUp(names: Names): Promise<KnownOfNames>;
  /** By what meetings of these clients are told apart; page by page. */
  identities(request: IdentitiesRequest): Promise<IdentitiesPage>;
  /** Meetings as they stand now, by row of the store. */
  meetings(rows: readonly number[]): Promise<FoundMeetings>;
  /** Gives the rows of the next segment what they need; called in the order of the file. */
  provide(need: Need): Promise<Provided>;
}

/** What the reader's thread is started with. */
export type ReaderTask =
  | { readonly task: 'inspect'; readonly path: string; readonly today: string; readonly sheet: string | null }
  | ({ readonly task: 'read' } & SegmentRequest);

/** Names and ids of a file, folded but for the ids. */
export interface Names {
  readonly clients: readonly string[];
  readonly owners: readonly string[];
  readonly externalIds: readonly string[];
}

/** In the order of the names; null and -1 for what the office does not have. */
/** Whom a name of the file means. */
export interface KnownOwner {
  readonly id: string;
  /** As the office has it. */
  readonly name: string;
}

export interface KnownOfNames {
  readonly clients: readonly (FiledClient | null)[];
  readonly owners: readonly (KnownOwner | null)[];
  /** Rows of the store. */
  readonly external: readonly number[];
}

export interface IdentitiesRequest {
  /** Clients by their number in the store. */
  readonly slots: readonly number[];
  /** Row of the store; -1 for the first page. */
  readonly after: number;
  readonly limit: number;
}

export interface IdentitiesPage {
  readonly meetings: readonly (readonly [
    row: number,
    slot: number,
    startKey: string,
    titleKey: string,
    hasExternalId: boolean,
  ])[];
  /** Null after the last page. */
  readonly after: number | null;
}

/** In the order they were asked for; null for one that is gone. */
export type FoundMeetings = readonly (NamedMeeting | null)[];

/** What the rows of a segment need of the store: a place each, and names that it has not. */
export interface Need {
  readonly clients: readonly StagedClient[];
  readonly owners: readonly StagedOwner[];
  /** Meetings; 0 when no place is needed. */
  readonly count: number;
}

export interface Provided {
  /** Of each name, in order. */
  readonly clients: readonly FiledClient[];
  readonly ownerIds: readonly string[];
  readonly reservation: Reservation | null;
}

/** What some rows of the file came to. */
export interface SegmentBatch {
  /** Null when no row adds a meeting. */
  readonly segment: Segment | null;
  readonly updates: readonly StagedUpdate[];
  /** By owner's id, new clients (their numbers in the store) of whom the owner has meetings; each pair once. */
  readonly ownersOfNew: readonly (readonly [ownerId: string, slots: readonly number[]])[];
  readonly outcomes: OutcomeIndex;
  readonly counts: Readonly<Record<ReportShow, number>>;
  /** Names that the office does not have. */
  readonly newClients: number;
  readonly newUsers: number;
  readonly rows: number;
  /** Of them. */
  readonly rowsRefused: number;
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
  | { readonly kind: 'names'; readonly names: Names }
  | { readonly kind: 'identities'; readonly request: IdentitiesRequest }
  | { readonly kind: 'meetings'; readonly rows: readonly number[] }
  | { readonly kind: 'need'; readonly need: Need }
  | { readonly kind: 'batch'; readonly batch: SegmentBatch }
  | { readonly kind: 'end' }
  | { readonly kind: 'trouble'; readonly problem: string };

/** What the thread is told: that a batch was taken, or what it asked for. */
export type ReaderAnswer = { readonly kind: 'more' } | { readonly kind: 'answer'; readonly value: unknown };

/** How many batches the thread may be ahead of the store: enough to keep both busy, few enough to bound memory. */
export const batchesAhead = 2;
