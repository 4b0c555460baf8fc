import { contract } from '../../electron/contract/index.ts';
import type { Meeting, MeetingPage, Where } from '../../electron/contract/meetings.ts';
import type { Context } from '../../electron/handlers/context.ts';
import { clientsHandlers } from '../../electron/handlers/clients.ts';
import { meetingsHandlers } from '../../electron/handlers/meetings.ts';
import { usersHandlers } from '../../electron/handlers/users.ts';
import type { Store } from '../../electron/redis/store.ts';
import type { Answer, Row } from '../answer.ts';
import type { BenchMeeting } from '../generate.ts';
import type { LoadedOffice } from '../load.ts';
import { zone } from '../oracle/zone.ts';
import { facetValues, type Filter, type Query, type ShortFacet, shortFacets } from '../queries.ts';
import type { MeetingIds } from './meetingIds.ts';
import type { Change, Engine, Place, Ready } from './engine.ts';

const rowOf = (meeting: Meeting, number: number): Row => ({
  number,
  client: meeting.client.name,
  owner: meeting.owner.name,
  title: meeting.title,
  details: meeting.details,
  type: meeting.type,
  status: meeting.status,
  priority: meeting.priority,
  tags: meeting.tags,
  start: 'at' in meeting.start ? meeting.start.at : '',
  durationMinutes: meeting.durationMinutes!,
});

function countsOf(page: MeetingPage): Record<ShortFacet, number[]> {
  const list = (facet: ShortFacet): number[] => page.facets[facet]!.map(({ count }) => count);
  return { type: list('type'), status: list('status'), priority: list('priority') };
}

/** Daybook itself: its handlers on its engine, from parsed input to the reply as an object. */
export class Daybook implements Engine {
  readonly name = 'daybook';
  readonly #store: Store;
  readonly #office: LoadedOffice;
  readonly #ids: MeetingIds;
  #writes = 0;

  constructor(store: Store, office: LoadedOffice, ids: MeetingIds) {
    this.#store = store;
    this.#office = office;
    this.#ids = ids;
  }

  async ready(user: number, query: Query, after?: Place): Promise<Ready> {
    const context = this.#as(user);
    const input = this.#input(query);
    const from = after ? { cursor: await this.#cursor(user, query, after) } : { offset: query.offset };
    return {
      ask: () =>
        meetingsHandlers.filter(contract.meetings.filter.input.parse({ ...input, ...from }), context),
      read: (reply) => this.#answer(reply as MeetingPage, query),
    };
  }

  async readyChange(change: Change): Promise<() => Promise<unknown>> {
    const { kind, number, meeting } = change;
    const context = this.#as(0);
    const writeId = this.#writeId();
    if (kind === 'add') {
      const input = { writeId, fields: this.#fields(meeting) };
      return async () => {
        const reply = await meetingsHandlers.create(contract.meetings.create.input.parse(input), context);
        change.changedAt = Date.parse(reply.meeting.changedAt);
        this.#ids.add(number, reply.meeting.id);
      };
    }
    const { id, version } = await this.#current(number);
    if (kind === 'delete')
      return () =>
        meetingsHandlers.delete(contract.meetings.delete.input.parse({ writeId, id, version }), context);
    const input = { writeId, id, version, fields: this.#fields(meeting) };
    return async () => {
      const reply = await meetingsHandlers.update(contract.meetings.update.input.parse(input), context);
      change.changedAt = Date.parse(reply.meeting.changedAt);
    };
  }

  async readyRename(client: number, name: string): Promise<() => Promise<unknown>> {
    const id = this.#office.clients[client]!;
    const { version, kind, city, notes } = await clientsHandlers.get({ id }, this.#as(0));
    const input = { writeId: this.#writeId(), id, version, fields: { name, kind, city, notes } };
    return async () => clientsHandlers.update(contract.clients.update.input.parse(input), this.#as(0));
  }

  readyShow(user: number, client: number, shown: boolean): () => Promise<unknown> {
    const list = [this.#office.clients[client]!];
    const change = shown ? { add: list } : { remove: list };
    const input = { writeId: this.#writeId(), id: this.#office.users[user]!, ...change };
    return async () =>
      usersHandlers.assignClients(contract.users.assignClients.input.parse(input), this.#as(0));
  }

  #as(user: number): Context {
    return { store: this.#store, actor: this.#office.users[user]!, zone, windowId: 1 };
  }

  #writeId(): string {
    this.#writes += 1;
    return `benchmark-${String(this.#writes)}`;
  }

  #where({ type, status, owner, days }: Filter): Where | undefined {
    const anyOf = (field: ShortFacet, values: readonly number[]): Where[] =>
      values.length === 0
        ? []
        : [{ field, op: 'anyOf', values: values.map((value) => facetValues[field][value]!) } as Where];
    const all: Where[] = [...anyOf('type', type), ...anyOf('status', status)];
    if (owner !== null) all.push({ field: 'owner', op: 'anyOf', values: [this.#office.users[owner]!] });
    if (days) all.push({ field: 'start', op: 'between', values: [...days] });
    return all.length === 0 ? undefined : { all };
  }

  #input({ filter, sort, descending, limit, counts }: Query): object {
    const where = this.#where(filter);
    return {
      ...(where && { where }),
      ...(filter.text !== null && { text: filter.text }),
      sort: [{ by: sort, direction: descending ? 'descending' : 'ascending' }],
      limit,
      facets: counts ? shortFacets : [],
    };
  }

  /** Asks for the one row before, whose cursor goes on where the page begins. */
  async #cursor(user: number, query: Query, { rowsBefore }: Place): Promise<string> {
    const input = { ...this.#input({ ...query, limit: 1, counts: false }), offset: rowsBefore - 1 };
    const page = await meetingsHandlers.filter(contract.meetings.filter.input.parse(input), this.#as(user));
    if (page.cursor === null) throw new Error('there is no page after this one');
    return page.cursor;
  }

  #fields({ client, owner, start, ...fields }: BenchMeeting): object {
    const ids = { clientId: this.#office.clients[client], ownerId: this.#office.users[owner] };
    return { ...fields, ...ids, start: { at: start, zone } };
  }

  #answer(page: MeetingPage, { counts }: Query): Answer {
    return {
      rows: page.rows.map((meeting) => rowOf(meeting, this.#ids.number(meeting.id))),
      total: page.total,
      counts: counts ? countsOf(page) : null,
    };
  }

  async #current(number: number): Promise<Meeting> {
    return meetingsHandlers.get({ id: this.#ids.id(number) }, this.#as(0));
  }
}
