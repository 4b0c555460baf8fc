import { z } from 'zod';
import { call } from './call.ts';
import { clientKind } from './clientValues.ts';
import { searchText } from './meetings.ts';
import { id, line, named, optionalLine, stamps, text, version, writeId, written } from './values.ts';

/** What a person writes down about a client. */
export const clientFields = z.strictObject({
  name: line(200),
  kind: clientKind.default('company'),
  city: optionalLine(100).default(''),
  /** Who looks after the client; null for nobody. */
  ownerId: id.nullable().default(null),
  notes: text(20_000).default(''),
});
export type ClientFields = z.infer<typeof clientFields>;

export const client = z.object({
  id,
  name: z.string(),
  kind: clientKind,
  city: z.string(),
  owner: named.nullable(),
  notes: z.string(),
  ...stamps.shape,
});
export type Client = z.infer<typeof client>;

/** A client in the list, with how many of its meetings exist (all of them are visible to whoever sees the client). */
export const clientRow = client.extend({ meetings: z.int().min(0) });
export type ClientRow = z.infer<typeof clientRow>;

export const clients = {
  list: call({
    summary:
      'Clients the user may see, by name, with their number of meetings; `search` keeps those whose name has every word as a part.',
    access: 'signedIn',
    input: z.strictObject({
      search: searchText.default(''),
      offset: z.int().min(0).max(100_000_000).default(0),
      limit: z.int().min(0).max(500).default(100),
    }),
    output: z.object({ rows: z.array(clientRow), total: z.int().min(0) }),
    failures: ['TOO_COSTLY'],
  }),
  get: call({
    summary: 'One client.',
    access: 'signedIn',
    input: z.strictObject({ id }),
    output: clientRow,
    failures: ['NOT_FOUND'],
  }),
  create: call({
    summary:
      'Writes a new client down; whoever does so may see it, and so may everyone who sees all clients.',
    access: 'writer',
    input: z.strictObject({ writeId, fields: clientFields }),
    output: written.extend({ client }),
    failures: ['NOT_ALLOWED', 'STORE_FULL', 'UNKNOWN_OUTCOME'],
  }),
  update: call({
    summary: 'Replaces what is written about a client.',
    access: 'writer',
    input: z.strictObject({ writeId, id, version, fields: clientFields }),
    output: written.extend({ client }),
    failures: ['NOT_FOUND', 'NOT_ALLOWED', 'CONFLICT', 'STORE_FULL', 'UNKNOWN_OUTCOME'],
  }),
  delete: call({
    summary: 'Deletes a client and hides its meetings with it; `journal.undo` brings both back.',
    access: 'writer',
    input: z.strictObject({ writeId, id, version }),
    output: written,
    failures: ['NOT_FOUND', 'NOT_ALLOWED', 'CONFLICT', 'STORE_FULL', 'UNKNOWN_OUTCOME'],
  }),
};
