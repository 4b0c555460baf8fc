import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readMeeting, type MeetingRecord, type StoredMeeting } from '../redis/meetingRecord.ts';

/** What is looked at of a meeting's record. */
export type CheckedMeeting = Pick<
  StoredMeeting,
  'id' | 'slot' | 'ownerId' | 'type' | 'status' | 'priority' | 'title' | 'details' | 'tags' | 'deletedAt'
>;

/** What is looked at of a client's record. */
export interface CheckedClient {
  readonly id: string;
  readonly slot: number;
  readonly name: string;
  readonly kind: string;
  readonly city: string;
  readonly ownerId?: string | null;
}

/** By what the engine recognises a text that Node worked with; no text has an empty one. */
export const digestOf = (text: string | null): string =>
  text === null ? '' : createHash('sha1').update(text).digest('hex');

const idForm = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const texts = ['name', 'nameKey', 'kind', 'city', 'changedAt'];

const isNone = (value: unknown): boolean => value === null || value === undefined;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** @returns null unless the text is a record of a client, with all that is worked with */
function parseClient(text: string): Record<string, unknown> | null {
  const record = parsed(text) as Record<string, unknown> | null;
  if (typeof record !== 'object' || record === null) return null;
  const { id, version, deletedAt } = record;
  const isWhole =
    typeof id === 'string' &&
    idForm.test(id) &&
    typeof version === 'number' &&
    (isNone(deletedAt) || typeof deletedAt === 'string') &&
    texts.every((name) => typeof record[name] === 'string');
  return isWhole ? record : null;
}

const id = z.string().regex(idForm);
const instant = z.string().length(24);
const place = (last: number) => z.int().min(1).max(last);
const record = z.tuple([
  ...([id, id, instant, instant, instant] as const),
  ...([place(6), place(5), place(4), z.union([z.literal(0), z.literal(1)])] as const),
  ...([z.int().min(0), z.number().nullable(), z.string().nullable(), z.string(), z.string()] as const),
  ...([z.array(z.string()), z.string(), z.string().nullable(), z.int().min(1)] as const),
  ...([id, id.nullable(), instant.nullable()] as const),
]);

/** @returns null when the text is no record of a meeting */
export function meetingOf(text: string): CheckedMeeting | null {
  const read = record.safeParse(parsed(text));
  return read.success ? readMeeting(read.data satisfies MeetingRecord) : null;
}

/** @returns null when the text is no record of the client in this slot */
export function clientOf(text: string, slot: number): CheckedClient | null {
  const record = parseClient(text);
  return record?.['slot'] === slot ? (record as unknown as CheckedClient) : null;
}
