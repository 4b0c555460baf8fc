import { changedFields } from '../matching/differences.ts';
import type { Matcher } from '../matching/matcher.ts';
import type { MatchedBatch, MeetingUpdate } from '../matching/outcomeSorter.ts';
import type { Batch, NumberedMeeting } from '../readMeetings.ts';
import type { Need, Provided, SegmentBatch, SegmentRequest } from '../readerMessages.ts';
import { stagedUpdate, type StagedClient, type StagedOwner, type StagedUpdate } from '../store/staged.ts';
import type { FiledClient, SegmentBuilder } from './buildSegment.ts';

/** Names of a file that the office does not have: asked for when the first meeting needs them. */
class FreshNames<N, R> {
  readonly #names: N[] = [];
  /** Numbers that were asked for, in order; the store's answers follow it. */
  readonly #asked: number[] = [];
  readonly #made = new Map<number, R>();
  readonly #isAsked = new Set<number>();
  #told = 0;

  learn(names: readonly N[]): void {
    this.#names.push(...names);
  }

  /** @returns the name if nobody asked for it before */
  ask(number: number): N[] {
    if (this.#isAsked.has(number)) return [];
    this.#isAsked.add(number);
    this.#asked.push(number);
    return [this.#names[number]!];
  }

  answer(made: readonly R[]): void {
    for (const each of made) this.#made.set(this.#asked[this.#made.size]!, each);
  }

  get(number: number): R {
    return this.#made.get(number)!;
  }

  /** @returns how many were asked for since the last time */
  takeCount(): number {
    const count = this.#asked.length - this.#told;
    this.#told = this.#asked.length;
    return count;
  }
}

/** Files matched rows under clients and owners, those of the office and those that come with the file. */
export class BatchFiler {
  readonly #request: SegmentRequest;
  readonly #matcher: Matcher;
  readonly #builder: SegmentBuilder | null;
  readonly #clients = new FreshNames<StagedClient, FiledClient>();
  readonly #owners = new FreshNames<StagedOwner, string>();
  /** By owner's id, new clients whose owner was told of already. */
  readonly #told = new Map<string, Set<number>>();

  constructor(request: SegmentRequest, matcher: Matcher, builder: SegmentBuilder | null) {
    this.#request = request;
    this.#matcher = matcher;
    this.#builder = builder;
  }

  /** What a batch needs of the store; batches in the order of the file. */
  needOf(batch: Batch, { added, updates }: MatchedBatch): Need {
    this.#clients.learn(batch.clients);
    this.#owners.learn(batch.owners);
    const clients: StagedClient[] = [];
    const owners: StagedOwner[] = [];
    const need = ({ client, owner }: NumberedMeeting): void => {
      if (this.#matcher.client(client) === null) clients.push(...this.#clients.ask(client));
      if (owner !== null && this.#matcher.owner(owner) === null) owners.push(...this.#owners.ask(owner));
    };
    for (const meeting of added) need(meeting);
    for (const { meeting } of updates) need(meeting);
    return { clients, owners, count: added.length };
  }

  newNames(): Pick<SegmentBatch, 'newClients' | 'newUsers'> {
    return { newClients: this.#clients.takeCount(), newUsers: this.#owners.takeCount() };
  }

  file(
    { added, updates }: MatchedBatch,
    { clients, ownerIds, reservation }: Provided,
  ): Pick<SegmentBatch, 'segment' | 'updates' | 'ownersOfNew'> {
    this.#clients.answer(clients);
    this.#owners.answer(ownerIds);
    const filed = added.map(({ client }) => this.#client(client));
    const owners = added.map(({ owner }) => this.#owner(owner));
    const staged = updates.map((update) => this.#update(update));
    const moved = updates.map(({ meeting }) => meeting);
    return {
      segment: reservation && this.#builder!.build(added, reservation, filed, owners),
      updates: staged,
      ownersOfNew: this.#request.mapping.viewers.owners
        ? this.#ownersOfNew(
            [...added, ...moved],
            [...filed, ...moved.map(({ client }) => this.#client(client))],
            [...owners, ...staged.map(({ fields }) => fields.ownerId)],
          )
        : [],
    };
  }

  #client(number: number): FiledClient {
    return this.#matcher.client(number) ?? this.#clients.get(number);
  }

  #owner(number: number | null): string {
    return this.#matcher.owner(number) ?? this.#owners.get(number!);
  }

  #update({ row, before, slotBefore, meeting, changes }: MeetingUpdate): StagedUpdate {
    const client = this.#client(meeting.client);
    const ids = { clientId: client.id, ownerId: this.#owner(meeting.owner) };
    const known = { ...before, clientId: before.client.id };
    const fields = changedFields(known, meeting, changes, ids);
    const slot = fields.clientId === known.clientId ? slotBefore : client.slot;
    return stagedUpdate({ row, version: before.version, slot }, known, fields, this.#request.zone);
  }

  #ownersOfNew(
    meetings: readonly NumberedMeeting[],
    filed: readonly FiledClient[],
    owners: readonly string[],
  ): SegmentBatch['ownersOfNew'] {
    const fresh = new Map<string, number[]>();
    for (const [at, { client }] of meetings.entries()) {
      if (this.#matcher.client(client) !== null) continue;
      const [owner, { slot }] = [owners[at]!, filed[at]!];
      const told = this.#told.get(owner) ?? new Set();
      this.#told.set(owner, told);
      if (told.has(slot)) continue;
      told.add(slot);
      fresh.set(owner, [...(fresh.get(owner) ?? []), slot]);
    }
    return [...fresh];
  }
}
