import { words } from '../text/words.ts';
import type { CheckedClient, CheckedMeeting } from './records.ts';

/**
 * What is kept beside a posting of the field: `totals` the number of its rows, `words` the parts of the word, or nothing.
 */
export type FieldKind = 'totals' | 'words' | 'plain';

export interface Field<Of> {
  readonly kind: FieldKind;
  readonly valuesOf: (record: Of) => readonly string[];
}

/** A meeting with its client. */
export interface Filed {
  readonly meeting: CheckedMeeting;
  readonly client: CheckedClient;
}

/** An empty text is no value. */
const some = (value: string | null | undefined): string[] => (value ? [value] : []);

/** Everything a meeting is found by: one line for each field that has postings. */
export const meetingFields: Readonly<Record<string, Field<Filed>>> = {
  type: { kind: 'totals', valuesOf: ({ meeting }) => [meeting.type] },
  status: { kind: 'totals', valuesOf: ({ meeting }) => [meeting.status] },
  priority: { kind: 'totals', valuesOf: ({ meeting }) => [meeting.priority] },
  owner: { kind: 'totals', valuesOf: ({ meeting }) => [meeting.ownerId] },
  client: { kind: 'totals', valuesOf: ({ client }) => [String(client.slot)] },
  tag: { kind: 'totals', valuesOf: ({ meeting }) => meeting.tags },
  clientKind: { kind: 'totals', valuesOf: ({ client }) => [client.kind] },
  clientCity: { kind: 'totals', valuesOf: ({ client }) => some(client.city) },
  clientOwner: { kind: 'totals', valuesOf: ({ client }) => some(client.ownerId) },
  // Of words that are common; the engine knows which.
  clientWord: { kind: 'totals', valuesOf: ({ client }) => words(client.name) },
  meetings_word: { kind: 'words', valuesOf: ({ meeting }) => words(meeting.title, meeting.details) },
};

/** The same of clients. */
export const clientFields: Readonly<Record<string, Field<CheckedClient>>> = {
  clients_word: { kind: 'words', valuesOf: ({ name }) => words(name) },
  clients_city: { kind: 'totals', valuesOf: ({ city }) => some(city) },
  clients_owner: { kind: 'totals', valuesOf: ({ ownerId }) => some(ownerId) },
};
