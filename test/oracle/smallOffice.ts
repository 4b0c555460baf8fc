import { Office } from '../support/oracle/office.ts';
import { write } from '../support/oracle/write.ts';
import type { MeetingFields, UserFields } from '../support/oracle/types.ts';
import type { Write } from '../support/oracle/writes.ts';

/** An office of the oracle alone, with ids and times that are easy to read: `r001`, `r002`, ... one minute apart. */
export function smallOffice(zone = 'Europe/Brussels') {
  const rights = { role: 'administrator', seesAllClients: false, active: true } as const;
  const admin = { id: 'admin', version: 1, userName: 'admin', displayName: 'Ada', ...rights };
  const office = new Office(zone, admin);
  let made = 0;
  const send = (what: Write): { id: string; entry: number } => {
    made += 1;
    const learned = {
      entry: made,
      id: `r${String(made).padStart(3, '0')}`,
      at: new Date(made * 60_000).toISOString(),
    };
    write(office, what, () => learned);
    return learned;
  };
  return {
    office,
    send,
    client: (name: string, actor = 'admin'): string =>
      send({
        kind: 'createClient',
        actor,
        fields: { name, kind: 'company', city: '', ownerId: null, notes: '' },
      }).id,
    user(displayName: string, clientIds: string[] = [], role: UserFields['role'] = 'adviser'): string {
      const fields = { userName: displayName, displayName, role, seesAllClients: false, active: true };
      const { id } = send({ kind: 'createUser', actor: 'admin', fields });
      send({ kind: 'assignClients', actor: 'admin', id, add: clientIds, remove: [] });
      return id;
    },
    meeting: (clientId: string, title: string, fields: Partial<MeetingFields> = {}): string =>
      send({ kind: 'createMeeting', actor: 'admin', fields: { ...plainMeeting(clientId), title, ...fields } })
        .id,
  };
}

export const plainMeeting = (clientId: string): MeetingFields => ({
  clientId,
  ownerId: 'admin',
  title: 'meeting',
  details: '',
  type: 'call',
  status: 'open',
  priority: 'normal',
  tags: [],
  start: { date: '2026-03-02' },
  durationMinutes: null,
});
