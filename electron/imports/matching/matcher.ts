import type { Batch, NumberedMeeting, ReadRequest } from '../readMeetings.ts';
import type { NamedMeeting } from '../../redis/storedRows.ts';
import type { FoundMeetings, KnownOwner, StoreSide } from '../readerMessages.ts';
import type { FiledClient } from '../segment/buildSegment.ts';
import { differences } from './differences.ts';
import { ExistingMeetings } from './existingMeetings.ts';
import { identityOf, NumberByKey, type KeyHash } from './keyHash.ts';
import { OutcomeSorter, type MatchedBatch, type MeetingUpdate } from './outcomeSorter.ts';

/** A row on its way to its outcome. */
interface Placed {
  readonly meeting: NumberedMeeting;
  readonly duplicateOf: number | null;
  /** Row of the store, or null for none. */
  readonly row: number | null;
}

interface MatchRequest extends ReadRequest {
  /** Id of the owner of rows that name none. */
  readonly defaultOwner: string;
  readonly dryRun: boolean;
}

/** Rows of the store whose identities, and whose records, are asked for in one go. */
const identitiesPerAsk = 2_000;
const recordsPerAsk = 500;

/**
 * Finds out which meetings of the office the rows of a file speak of: by external id, else by client, start and title.
 * The n-th row with one identity means the n-th meeting with it, so that the same file twice changes nothing.
 */
export class Matcher {
  readonly #request: MatchRequest;
  readonly #skipsDuplicates: boolean;
  readonly #store: StoreSide;
  readonly #existing = new ExistingMeetings();
  /** Line of the first row with an identity. */
  readonly #seen = new NumberByKey();
  readonly #clientKeys: string[] = [];
  readonly #clientNames: string[] = [];
  readonly #ownerNames: string[] = [];
  /** By number; null for one the office does not have. */
  readonly #clients: (FiledClient | null)[] = [];
  readonly #owners: (KnownOwner | null)[] = [];
  readonly #bySlot = new Map<number, string>();

  constructor(request: MatchRequest, store: StoreSide) {
    this.#request = request;
    this.#skipsDuplicates = request.mapping.duplicates === 'skip';
    this.#store = store;
  }

  client(number: number): FiledClient | null {
    return this.#clients[number] ?? null;
  }

  /** @returns id, or null for a name that has to be made a user */
  owner(number: number | null): string | null {
    return number === null ? this.#request.defaultOwner : (this.#owners[number]?.id ?? null);
  }

  /** Batches in the order of the file, one after the other. */
  async match(batch: Batch): Promise<MatchedBatch> {
    const external = await this.#learn(batch);
    const placed = batch.meetings.map((meeting) => this.#place(meeting, external));
    const found = await this.#fetch(placed.flatMap(({ row }) => (row === null ? [] : [row])));
    const sorter = new OutcomeSorter(this.#request.dryRun);
    for (const { line, reason } of batch.refused) sorter.refuse(line, reason);
    for (const { meeting, duplicateOf, row } of placed) {
      // Deleted while the file was read: the row is a new meeting then.
      const stored = row === null ? null : (found.get(row) ?? null);
      const update = stored && this.#compare(meeting, row!, stored);
      const isLeftOut = duplicateOf !== null && this.#skipsDuplicates;
      sorter.sort({ meeting, duplicateOf, update, isLeftOut, client: this.#clientNames[meeting.client]! });
    }
    return sorter.sorted();
  }

  /** @returns row of the store by external id, of those the batch names */
  async #learn({ clients, owners, meetings }: Batch): Promise<ReadonlyMap<string, number>> {
    const ids = meetings.flatMap(({ externalId }) => (externalId ? [externalId] : []));
    this.#clientKeys.push(...clients.map(({ nameKey }) => nameKey));
    this.#clientNames.push(...clients.map(({ name }) => name));
    this.#ownerNames.push(...owners.map(({ displayName }) => displayName));
    if (clients.length + owners.length + ids.length === 0) return new Map();
    const known = await this.#store.lookUp({
      clients: clients.map(({ nameKey }) => nameKey),
      owners: owners.map(({ nameKey }) => nameKey),
      externalIds: ids,
    });
    this.#clients.push(...known.clients);
    this.#owners.push(...known.owners);
    const slots = known.clients.flatMap((client) => (client ? [client] : []));
    for (const { slot, nameKey } of slots) this.#bySlot.set(slot, nameKey);
    await this.#loadIdentities(slots.map(({ slot }) => slot));
    return new Map(ids.flatMap((id, at) => (known.external[at]! < 0 ? [] : [[id, known.external[at]!]])));
  }

  async #loadIdentities(slots: readonly number[]): Promise<void> {
    for (let after: number | null = slots.length > 0 ? -1 : null; after !== null;) {
      const page = await this.#store.identities({ slots, after, limit: identitiesPerAsk });
      for (const [row, slot, startKey, titleKey, hasExternalId] of page.meetings) {
        this.#existing.add(identityOf(this.#bySlot.get(slot)!, startKey, titleKey), row, hasExternalId);
      }
      ({ after } = page);
    }
  }

  #place(meeting: NumberedMeeting, external: ReadonlyMap<string, number>): Placed {
    const { externalId } = meeting;
    const identity = identityOf(this.#clientKeys[meeting.client]!, meeting.startKey, meeting.titleKey);
    if (externalId) {
      const row = external.get(externalId);
      if (row !== undefined && this.#existing.takeRow(row)) return { meeting, duplicateOf: null, row };
      return { meeting, duplicateOf: null, row: this.#existing.take(identity, true) };
    }
    const duplicateOf = this.#firstLine(identity, meeting.line);
    const isLeftOut = duplicateOf !== null && this.#skipsDuplicates;
    return { meeting, duplicateOf, row: isLeftOut ? null : this.#existing.take(identity, false) };
  }

  /** @returns line of an earlier row, or null */
  #firstLine(identity: KeyHash, line: number): number | null {
    const first = this.#seen.get(identity);
    if (first === undefined) this.#seen.set(identity, line);
    return first ?? null;
  }

  async #fetch(rows: readonly number[]): Promise<ReadonlyMap<number, FoundMeetings[number]>> {
    const found = new Map<number, FoundMeetings[number]>();
    for (let at = 0; at < rows.length; at += recordsPerAsk) {
      const some = rows.slice(at, at + recordsPerAsk);
      for (const [place, each] of (await this.#store.meetings(some)).entries()) found.set(some[place]!, each);
    }
    return found;
  }

  #compare(meeting: NumberedMeeting, row: number, before: NamedMeeting): MeetingUpdate {
    const client = this.client(meeting.client);
    const { owner } = meeting;
    // The office may call whom the file means by another name.
    const ownerName = owner === null ? '' : (this.#owners[owner]?.name ?? this.#ownerNames[owner]!);
    const compared = {
      before,
      row: meeting,
      client: { id: client?.id ?? null, name: this.#clientNames[meeting.client]! },
      owner: { id: this.owner(owner), name: ownerName },
    };
    const changes = differences(compared, this.#request.zone);
    return { row, before, slotBefore: before.slot, meeting, changes };
  }
}
