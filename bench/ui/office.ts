import type { Page } from 'playwright-core';
import type { ClientRow } from '../../electron/contract/clients.ts';
import { ask } from '../../test/e2e/support/daybook.ts';
import { everyMeeting } from '../../test/e2e/support/everything.ts';
import { filter } from '../../test/support/oracle/answers.ts';
import { Office } from '../../test/support/oracle/office.ts';
import type { FacetField, Query } from '../../test/support/oracle/types.ts';
import type { Row } from './inWindow.ts';

/** What the window shows at a moment: ticked values by facet, and what is typed. */
export interface Look {
  readonly ticked: ReadonlyMap<FacetField, ReadonlySet<string>>;
  readonly text: string;
}

/** The office as the model judges it, from what the program itself gave away. */
export interface Judge {
  readonly rows: readonly Row[];
  /** Places in `rows` of what a look keeps, in the order of the list. */
  expected(look: Look): number[];
  /** What stands for a value of a facet in a question: names are said on screen, ids are asked for. */
  valueOf(facet: FacetField, label: string): string;
}

async function readOffice(page: Page) {
  const { zone } = await ask(page, 'office', 'status');
  const { users } = await ask(page, 'users', 'list');
  const clients: ClientRow[] = [];
  for (;;) {
    const { rows, total } = await ask(page, 'clients', 'list', { limit: 500, offset: clients.length });
    clients.push(...rows);
    if (clients.length >= total) break;
  }
  return { zone, users, clients, meetings: await everyMeeting(page) };
}

/** Asks the signed-in administrator's window for everything there is. */
export async function judgeOf(page: Page): Promise<Judge> {
  const { zone, users, clients, meetings } = await readOffice(page);
  const administrator = users.find(({ role }) => role === 'administrator');
  if (!administrator) throw new Error('the office has no administrator');
  const office = new Office(zone, administrator);
  for (const user of users) office.users.set(user.id, user);
  for (const { owner, ...client } of clients)
    office.clients.set(client.id, { ...client, ownerId: owner?.id ?? null, deleted: false });
  for (const { client, owner, ...meeting } of meetings)
    office.meetings.set(meeting.id, { ...meeting, clientId: client.id, ownerId: owner.id, deleted: false });
  const placeOf = new Map(meetings.map(({ id }, place) => [id, place]));
  const idOf = {
    owner: new Map(users.map(({ id, displayName }) => [displayName, id])),
    client: new Map(clients.map(({ id, name }) => [name, id])),
  };
  return {
    rows: meetings.map(({ title, client, owner }) => [title, client.name, owner.name]),
    expected({ ticked, text }) {
      const all = [...ticked]
        .filter(([, values]) => values.size > 0)
        .map(([field, values]) => ({ field, op: 'anyOf' as const, values: [...values] }));
      const query: Query = { where: { all }, text, limit: meetings.length };
      return filter(office, administrator.id, query).rows.map(({ id }) => placeOf.get(id) ?? -1);
    },
    valueOf(facet, label) {
      if (facet === 'owner' || facet === 'client') return idOf[facet].get(label) ?? '';
      return facet === 'tag' ? label : label.toLowerCase();
    },
  };
}
