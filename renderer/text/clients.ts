import { numberText } from '../format.ts';
import { counted } from './common.ts';

export const clients = {
  title: 'Clients',
  grid: 'Clients',
  total: (count: number): string => counted(count, 'client'),
  create: 'New client',
  search: 'Search clients',
  searchPlaceholder: 'Search by name',
  columns: { name: 'Name', kind: 'Kind', city: 'City', owner: 'Looked after by', meetings: 'Meetings' },
  kinds: { company: 'Company', person: 'Person' },
  meetings: (count: number): string => counted(count, 'meeting'),
  meetingCount: (count: number): string => numberText(count),
  showMeetings: 'Show meetings',
  detail: {
    label: 'Client details',
    none: 'Choose a client to see it here.',
    notes: 'Notes',
    noNotes: 'No notes were written down.',
    created: 'Created',
    changed: 'Changed',
    close: 'Close details',
    newMeeting: 'New meeting',
  },
  empty: {
    title: 'No clients match',
    hint: 'Try fewer letters.',
    noneTitle: 'No clients yet',
    noneHint: 'Clients you create, and clients assigned to you, are listed here.',
  },
  form: {
    createTitle: 'New client',
    editTitle: 'Edit client',
    name: 'Name',
    kind: 'Kind',
    city: 'City',
    owner: 'Looked after by',
    nobody: 'Nobody',
    noUser: 'No such user.',
    notes: 'Notes',
    create: 'Create client',
    save: 'Save client',
  },
  created: (name: string): string => `Created “${name}”.`,
  changedNote: (name: string): string => `Saved “${name}”.`,
  deleted: (name: string, meetings: number): string =>
    meetings === 0 ? `Deleted “${name}”.` : `Deleted “${name}” with ${counted(meetings, 'meeting')}.`,
} as const;
