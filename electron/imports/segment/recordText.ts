import type { Start } from '../../contract/values.ts';
import type { StagedMeeting } from '../store/staged.ts';

export interface RecordStamps {
  readonly id: string;
  readonly clientId: string;
  readonly ownerId: string;
  /** When and by whom (user id) it was made. */
  readonly at: string;
  readonly by: string;
}

/** Neither instants, days nor names of zones hold anything that JSON escapes. */
const startText = (start: Start): string =>
  'at' in start ? `{"at":"${start.at}","zone":"${start.zone}"}` : `{"date":"${start.date}"}`;

/**
 * A new meeting's record as the store keeps it: JSON whose fields stand in the order that lua/store/records.lua reads
 * without decoding.
 */
export function recordText(meeting: StagedMeeting, { id, clientId, ownerId, at, by }: RecordStamps): string {
  const { type, status, priority, durationMinutes } = meeting;
  const title = JSON.stringify(meeting.title);
  const titleKey = meeting.titleKey === meeting.title ? title : JSON.stringify(meeting.titleKey);
  const { externalId } = meeting;
  const known = externalId ? `,"externalId":${JSON.stringify(externalId)}` : '';
  return (
    `{"id":"${id}","clientId":"${clientId}","ownerId":"${ownerId}","startKey":"${meeting.startKey}","changedAt":"${at}",` +
    `"type":"${type}","status":"${status}","priority":"${priority}","durationMinutes":${String(durationMinutes)},` +
    `"titleKey":${titleKey},"title":${title},"details":${JSON.stringify(meeting.details)},` +
    `"tags":${JSON.stringify(meeting.tags)},"start":${startText(meeting.start)}${known},` +
    `"version":1,"createdAt":"${at}","createdBy":"${by}","changedBy":"${by}","deletedAt":null}`
  );
}
