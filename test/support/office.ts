import { contract } from '../../electron/contract/index.ts';
import type { Meeting, MeetingPage } from '../../electron/contract/meetings.ts';
import { clientsHandlers } from '../../electron/handlers/clients.ts';
import { meetingsHandlers } from '../../electron/handlers/meetings.ts';
import { usersHandlers } from '../../electron/handlers/users.ts';
import type { TestStore } from './startStore.ts';

let writes = 0;

/** A write id nobody used before. */
export const nextWriteId = (): string => `test-write-${String(++writes)}`;

/** What an office does every day, in few words, through the real handlers. */
export function daily(office: TestStore) {
  const zoneDay = (day: string) => ({ date: day });
  return {
    async client(name: string, actor = office.administrator) {
      const input = contract.clients.create.input.parse({ writeId: nextWriteId(), fields: { name } });
      return (await clientsHandlers.create(input, office.as(actor))).client;
    },
    async user(displayName: string, role: string, clientIds: string[] = []) {
      const fields = { userName: displayName, displayName, role, active: false };
      const input = contract.users.create.input.parse({ writeId: nextWriteId(), fields });
      // Inactive users need no password; the test makes them active without one.
      const { user } = await usersHandlers.create(input, office.as(office.administrator));
      const active = { ...input.fields, active: true };
      const { id, version } = user;
      await usersHandlers.update(
        { writeId: nextWriteId(), id, version, fields: active },
        office.as(office.administrator),
      );
      if (clientIds.length > 0) {
        const request = { writeId: nextWriteId(), id, add: clientIds, remove: [] };
        await usersHandlers.assignClients(request, office.as(office.administrator));
      }
      return user;
    },
    async meeting(
      fields: { clientId: string; title: string } & Record<string, unknown>,
      actor = office.administrator,
    ) {
      const input = contract.meetings.create.input.parse({
        writeId: nextWriteId(),
        fields: {
          ownerId: office.administrator,
          type: 'call',
          status: 'open',
          start: zoneDay('2026-03-02'),
          ...fields,
        },
      });
      return meetingsHandlers.create(input, office.as(actor));
    },
    async filter(request: object = {}, actor = office.administrator): Promise<MeetingPage> {
      return meetingsHandlers.filter(contract.meetings.filter.input.parse(request), office.as(actor));
    },
    async titles(request: object = {}, actor = office.administrator): Promise<string[]> {
      const page = await this.filter({ sort: [{ by: 'title', direction: 'ascending' }], ...request }, actor);
      return page.rows.map((row) => row.title);
    },
  };
}

/** What a person would type again to save the meeting unchanged. */
export const fieldsOf = (meeting: Meeting) => ({
  clientId: meeting.client.id,
  ownerId: meeting.owner.id,
  title: meeting.title,
  details: meeting.details,
  type: meeting.type,
  status: meeting.status,
  priority: meeting.priority,
  tags: meeting.tags,
  start: meeting.start,
  durationMinutes: meeting.durationMinutes,
});
