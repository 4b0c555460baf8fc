import type { TestBackend } from '../support/backend.ts';

// An office whose texts are hard on files, as plain lists: what an export must hold is worked out from these alone.

export interface ToldClient {
  readonly name: string;
  readonly kind: 'company' | 'person';
  readonly city: string;
  readonly notes: string;
}

export interface ToldMeeting {
  readonly client: number;
  readonly title: string;
  readonly details: string;
  readonly type: string;
  readonly status: string;
  readonly priority: string;
  readonly tags: readonly string[];
  readonly start: { readonly date: string } | { readonly at: string; readonly zone: string };
  readonly durationMinutes: number | null;
}

const company = (name: string, city = '', notes = ''): ToldClient => ({ name, kind: 'company', city, notes });
const person = (name: string, city = '', notes = ''): ToldClient => ({ name, kind: 'person', city, notes });

export const clients: readonly ToldClient[] = [
  company('Bakkerij "De Korrel", N.V.; sinds 1920', 'Liège', 'Two\nlines; and, more\\ of it'),
  company('CON'),
  company('a/b:c*?'),
  company('A-B-C-', 'Gent'),
  company('=HYPERLINK("http://evil";"x")'),
  person('+32 475 12 34 56', '-', "'=already guarded"),
  person('Łucja Ğ 😀 ﬁ', 'Kraków', '# no heading\n- no list\n<b>no tag</b>'),
  company(`Long ${'ö'.repeat(190)}`),
  company(`Long ${'ö'.repeat(189)}x`),
  person('...', 'x'),
  company('Nobody meets us'),
];

const meeting = (client: number, title: string, more: Partial<ToldMeeting> = {}): ToldMeeting => ({
  ...{ client, title, details: '', type: 'call', status: 'open', priority: 'normal', tags: [] },
  ...{ start: { date: '2026-03-02' }, durationMinutes: null },
  ...more,
});
const at = (instant: string, zone = 'Europe/Brussels'): ToldMeeting['start'] => ({ at: instant, zone });

export const meetings: readonly ToldMeeting[] = [
  meeting(0, 'Offer; "best", he said', { details: 'One\n\nTwo, three\n=4', tags: ['a,b', '=c'] }),
  meeting(0, '=1+1', { type: 'visit', status: 'cancelled', priority: 'urgent', durationMinutes: 90 }),
  meeting(0, 'Summer', { start: at('2026-07-01T08:15:00.000Z'), durationMinutes: 30 }),
  meeting(0, 'Winter', { start: at('2026-12-01T08:15:30.000Z'), status: 'planned', type: 'video' }),
  meeting(1, 'Before clocks go back', { start: at('2026-10-25T00:30:00.000Z'), durationMinutes: 60 }),
  meeting(1, 'After clocks went back', { start: at('2026-10-25T01:30:00.000Z', 'Asia/Tokyo') }),
  meeting(2, '-5 degrees', { type: 'email', priority: 'low', durationMinutes: 0 }),
  meeting(3, '@home', { type: 'letter', status: 'waiting', start: { date: '1985-12-31' } }),
  meeting(4, 'Long ago', { start: at('1985-06-15T10:00:00.000Z'), type: 'sms' }),
  meeting(4, 'Far away', { start: at('2199-06-15T10:00:00.000Z'), status: 'closed', priority: 'high' }),
  meeting(5, "''+two", { details: 'SUMMARY:not mine\nUID:1\r\nsecond' }),
  meeting(6, '😀'.repeat(60), { details: 'é'.repeat(300), tags: ['日本', 'tag'] }),
];

export const sighted = { userName: 'otto', displayName: 'Otto, "Reis"', role: 'manager', active: true };

interface Ids {
  readonly clients: readonly string[];
  readonly meetings: readonly string[];
}

const writeId = (): string => crypto.randomUUID();

/** Writes the office down for the administrator at window 1, and deletes one client and one meeting again. */
export async function fillOffice({ ask }: TestBackend): Promise<Ids> {
  const { user }: { user: { id: string } } = await ask(1, 'session.current');
  const clientIds: string[] = [];
  for (const fields of [...clients, company('Deleted client')]) {
    const reply: { client: { id: string } } = await ask(1, 'clients.create', { writeId: writeId(), fields });
    clientIds.push(reply.client.id);
  }
  const ids: string[] = [];
  const write = async ({ client, ...fields }: ToldMeeting): Promise<string> => {
    const told = { ...fields, clientId: clientIds[client], ownerId: user.id };
    const reply: { meeting: { id: string } } = await ask(1, 'meetings.create', {
      writeId: writeId(),
      fields: told,
    });
    return reply.meeting.id;
  };
  for (const each of meetings) ids.push(await write(each));
  await write(meeting(clients.length, 'Gone with its client'));
  const id = await write(meeting(0, 'Deleted meeting'));
  await ask(1, 'meetings.delete', { writeId: writeId(), id, version: 1 });
  await ask(1, 'clients.delete', { writeId: writeId(), id: clientIds.at(-1), version: 1 });
  const reply: { user: { id: string } } = await ask(1, 'users.create', {
    ...{ writeId: writeId(), fields: sighted, password: 'eight or more' },
  });
  await ask(1, 'users.assignClients', { writeId: writeId(), id: reply.user.id, add: clientIds.slice(0, 2) });
  return { clients: clientIds.slice(0, -1), meetings: ids };
}
