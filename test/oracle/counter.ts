import { expect } from 'vitest';
import { daily, fieldsOf, nextWriteId } from '../support/office.ts';
import { startStore } from '../support/startStore.ts';
import { deskOf } from './desk.ts';
import type { Client } from '../../electron/contract/clients.ts';
import type { Meeting } from '../../electron/contract/meetings.ts';
import type { Envelope } from '../../electron/ipc/serve.ts';
import type { TestStore } from '../support/startStore.ts';
import type { Desk } from './desk.ts';

/** An id of nothing there is. */
export const nobody = '01900000-0000-7000-8000-000000000000';
export const megabyte = 'x'.repeat(1_000_000);
const oneSentence = /^[A-Z][^.!?\n]{4,240}\.$/;

export const write = (rest: object): object => ({ writeId: nextWriteId(), ...rest });
export const clientWith = (fields: object): object => write({ fields: { name: 'New', ...fields } });
export const where = (tree: unknown): object => ({ where: tree });
export const condition = (field: string, op: string, values: unknown): object => where({ field, op, values });

interface Dossier {
  client: Client;
  meeting: Meeting;
}

/** Where people come with odd requests: a small office, two clients with a meeting each, one of them unseen. */
export interface Counter {
  store: TestStore;
  desk: Desk;
  /** Sees the one client and not the other. */
  adviser: string;
  seen: Dossier;
  hidden: Dossier;
  meetingWith(fields: object): object;
  /** Asks, and sees that nothing was written and that the program still answers. */
  askInVain(channel: string, input: unknown, userId?: string): Promise<Envelope & { ok: false }>;
}

export async function openCounter(): Promise<Counter> {
  const store = await startStore();
  const desk = deskOf(store);
  const office = daily(store);
  const dossier = async (name: string): Promise<Dossier> => {
    const client = await office.client(name);
    return {
      client,
      meeting: (await office.meeting({ clientId: client.id, title: `with ${name}` })).meeting,
    };
  };
  const seen = await dossier('Seen');
  const hidden = await dossier('Hidden');
  const adviser = (await office.user('Bob', 'adviser', [seen.client.id])).id;
  return {
    ...{ store, desk, adviser, seen, hidden },
    meetingWith: (fields) => write({ fields: { ...fieldsOf(seen.meeting), ...fields } }),
    async askInVain(channel, input, userId) {
      const head = await desk.journalHead();
      const reply = await desk.ask(channel, input, userId);
      expect(await desk.journalHead()).toBe(head);
      expect(await desk.ask('meetings.filter', {})).toMatchObject({ ok: true, value: { total: 2 } });
      if (reply.ok) throw new Error(`${channel} was answered`);
      expect(reply.message).toMatch(oneSentence);
      return reply;
    },
  };
}
