import { readMeeting, type MeetingRecord, type StoredMeeting } from './meetingRecord.ts';

/** What rows only point to, as lua/meeting_rows.lua answers it: each client and owner once, however many rows share it. */
export interface PointedTo {
  /** Of clients, whose ids and names stand in the same places. */
  readonly slots: readonly number[];
  readonly clientIds: readonly string[];
  readonly clientNames: readonly string[];
  /** Ids of owners, whose names stand in the same places. */
  readonly owners: readonly string[];
  readonly ownerNames: readonly string[];
}

/** Meetings as the store answers them. */
export interface StoredRows extends PointedTo {
  readonly rows: readonly MeetingRecord[];
}

/** A meeting whose client and owner have names. */
export interface NamedMeeting extends StoredMeeting {
  readonly client: { readonly id: string; readonly name: string };
  readonly owner: { readonly id: string; readonly name: string };
}

/** @returns reads a record of the same answer */
export function naming(pointedTo: PointedTo): (record: MeetingRecord) => NamedMeeting {
  const { slots, clientIds, clientNames, owners, ownerNames } = pointedTo;
  const clients = new Map(slots.map((slot, at) => [slot, { id: clientIds[at]!, name: clientNames[at]! }]));
  const people = new Map(owners.map((id, at) => [id, { id, name: ownerNames[at]! }]));
  return (record) => {
    const meeting = readMeeting(record);
    return { ...meeting, client: clients.get(meeting.slot)!, owner: people.get(meeting.ownerId)! };
  };
}

export const namedMeetings = (stored: StoredRows): NamedMeeting[] => stored.rows.map(naming(stored));
