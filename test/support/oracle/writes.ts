import type { ClientFields, MeetingFields, UserFields } from './types.ts';

/** Everything that can be done to an office, as the oracle and the program are both told to do it. */
export type Write = { actor: string } & (
  | { kind: 'createMeeting'; fields: MeetingFields }
  | { kind: 'updateMeeting'; id: string; version: number; fields: MeetingFields }
  | { kind: 'deleteMeeting'; id: string; version: number }
  | { kind: 'createClient'; fields: ClientFields }
  | { kind: 'updateClient'; id: string; version: number; fields: ClientFields }
  | { kind: 'deleteClient'; id: string; version: number }
  | { kind: 'createUser'; fields: UserFields }
  | { kind: 'updateUser'; id: string; version: number; fields: UserFields }
  | { kind: 'assignClients'; id: string; add: string[]; remove: string[] }
  | { kind: 'undo'; entry: number }
);

/** What only the program decides: numbers, ids and times. `id` is the new record's, where one was made. */
export interface Learned {
  entry: number;
  id: string;
  at: string;
}
