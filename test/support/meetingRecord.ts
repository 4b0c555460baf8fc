import { valueOrder, type Start } from './oracle/types.ts';

/** A meeting's record by the names of its fields, read from what the store keeps without the program's help. */
export interface RecordedMeeting {
  readonly id: string;
  /** Number of its client. */
  readonly slot: number;
  readonly ownerId: string;
  readonly title: string;
  readonly titleKey: string;
  readonly details: string;
  readonly type: string;
  readonly status: string;
  readonly priority: string;
  readonly tags: readonly string[];
  readonly start: Start;
  readonly startKey: string;
  readonly durationMinutes: number | null;
  readonly externalId: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly changedAt: string;
  readonly changedBy: string;
  readonly deletedAt: string | null;
}

const parts = [
  ...['id', 'ownerId', 'startKey', 'changedAt', 'createdAt', 'type', 'status', 'priority', 'hasExternalId'],
  ...['slot', 'durationMinutes', 'titleKey', 'title', 'details', 'tags', 'zoneOrDay', 'externalId'],
  ...['version', 'createdBy', 'changedBy', 'deletedAt'],
] as const;

/** @throws Error when it is no record */
export function recordedMeeting(text: string): RecordedMeeting {
  const list = JSON.parse(text) as unknown[];
  if (list.length !== parts.length) throw new Error(`not a record: ${text}`);
  const read = Object.fromEntries(parts.map((part, at) => [part, list[at]]));
  const { type, status, priority, zoneOrDay, startKey, title, titleKey, createdBy, changedBy } = read as {
    [part: string]: string;
  };
  const { hasExternalId, externalId } = read;
  if ((hasExternalId === 1) !== (externalId !== null)) throw new Error(`an odd external id: ${text}`);
  const value = (field: keyof typeof valueOrder, place: unknown): string =>
    valueOrder[field][(place as number) - 1]!;
  return {
    ...(read as unknown as RecordedMeeting),
    type: value('type', type),
    status: value('status', status),
    priority: value('priority', priority),
    titleKey: titleKey ?? title!.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
    start: /^\d/.test(zoneOrDay!) ? { date: zoneOrDay! } : { at: startKey!, zone: zoneOrDay! },
    changedBy: changedBy ?? createdBy!,
  };
}
