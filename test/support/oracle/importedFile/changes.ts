import type { Office } from '../office.ts';
import type { Meeting, Start } from '../types.ts';
import type { RowMeeting, Told } from './rows.ts';

/** What a row says of a meeting that is not so yet, as people read it. What it leaves empty stays. */
export function changesOf(office: Office, meeting: Meeting, row: RowMeeting): Told['changes'] {
  const changes: Told['changes'] = [];
  const change = (field: string, isNew: boolean, before: string, after: string): void => {
    if (isNew) changes.push({ field, before, after });
  };
  const { client, owner, tells } = row;
  const isSameClient = 'id' in client && client.id === meeting.clientId;
  const isSameOwner = 'id' in owner && owner.id === meeting.ownerId;
  change('client', !isSameClient, office.clientName(meeting.clientId), row.clientName);
  change('owner', tells.owner && !isSameOwner, office.ownerName(meeting.ownerId), row.ownerName);
  change('title', tells.title && row.title !== meeting.title, meeting.title, row.title);
  change('details', row.details !== '' && row.details !== meeting.details, meeting.details, row.details);
  const [was, becomes] = [meeting.start, row.start].map((start) => startText(start, office.zone));
  change('start', was !== becomes, was as string, becomes as string);
  change('status', tells.status && row.status !== meeting.status, meeting.status, row.status);
  const isSameTags = sortedTags(row.tags) === sortedTags(meeting.tags);
  change('tags', row.tags.length > 0 && !isSameTags, meeting.tags.join('; '), row.tags.join('; '));
  const [had, has] = [meeting.durationMinutes, row.durationMinutes];
  change('durationMinutes', has !== null && had !== has, String(had ?? ''), String(has));
  const id = meeting.externalId?.id ?? '';
  change('externalId', row.externalId !== '' && row.externalId !== id, id, row.externalId);
  return changes;
}

const sortedTags = (tags: readonly string[]): string => JSON.stringify([...new Set(tags)].sort());

/** A day, or day and time on the office's clock. */
function startText(start: Start, timeZone: string): string {
  if ('date' in start) return start.date;
  // Swedish writes both as ISO does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
    Date.parse(start.at),
  );
}
