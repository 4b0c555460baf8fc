import { createHash } from 'node:crypto';

/** What is looked at of a meeting's record. */
export interface CheckedMeeting {
  readonly id: string;
  readonly clientId: string;
  readonly ownerId: string;
  readonly type: string;
  readonly status: string;
  readonly priority: string;
  readonly title: string;
  readonly details: string;
  readonly tags: readonly string[];
  readonly deletedAt: string | null;
}

/** What is looked at of a client's record. */
export interface CheckedClient {
  readonly id: string;
  readonly slot: number;
  readonly name: string;
  readonly kind: string;
  readonly city: string;
}

/** By what the engine recognises a text that Node worked with; no text has an empty one. */
export const digestOf = (text: string | null): string =>
  text === null ? '' : createHash('sha1').update(text).digest('hex');

const idForm = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const texts = {
  meeting: ['clientId', 'ownerId', 'startKey', 'changedAt', 'type', 'status', 'priority', 'titleKey', 'title', 'details'],
  client: ['name', 'nameKey', 'kind', 'city', 'changedAt'],
} as const; // prettier-ignore

const isNone = (value: unknown): boolean => value === null || value === undefined;

/** @returns null unless the text is a record of this noun, with all that is worked with */
function parse(noun: keyof typeof texts, text: string): Record<string, unknown> | null {
  let record: Record<string, unknown> | null;
  try {
    record = JSON.parse(text) as Record<string, unknown> | null;
  } catch {
    return null;
  }
  if (typeof record !== 'object' || record === null) return null;
  const { id, version, deletedAt } = record;
  const isWhole =
    typeof id === 'string' &&
    idForm.test(id) &&
    typeof version === 'number' &&
    (isNone(deletedAt) || typeof deletedAt === 'string') &&
    texts[noun].every((name) => typeof record[name] === 'string');
  return isWhole ? record : null;
}

const areTexts = (list: unknown): boolean =>
  Array.isArray(list) && list.every((each) => typeof each === 'string');

/** @returns null when the text is no record of a meeting */
export function meetingOf(text: string): CheckedMeeting | null {
  const record = parse('meeting', text);
  if (!record) return null;
  const { tags, durationMinutes, externalId } = record;
  const isWhole =
    areTexts(tags) &&
    (isNone(durationMinutes) || typeof durationMinutes === 'number') &&
    (isNone(externalId) || typeof externalId === 'string');
  return isWhole ? ({ ...record, deletedAt: record['deletedAt'] ?? null } as CheckedMeeting) : null;
}

/** @returns null when the text is no record of the client in this slot */
export function clientOf(text: string, slot: number): CheckedClient | null {
  const record = parse('client', text);
  return record?.['slot'] === slot ? (record as unknown as CheckedClient) : null;
}
