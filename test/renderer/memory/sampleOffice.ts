import { meetingPriorities, meetingStatuses, meetingTypes } from '../../../electron/contract/meetings.ts';
import type { Meeting } from '../../../electron/contract/meetings.ts';
import type { Client } from '../../../electron/contract/clients.ts';
import type { OfficeColour } from '../../../electron/contract/office.ts';
import type { User } from '../../../electron/contract/users.ts';
import type { JournalEntry } from '../../../electron/contract/journal.ts';

export interface MemoryOffice {
  zone: string;
  name: string;
  colour: OfficeColour;
  version: number;
  recoveryCode: string | null;
  demo: boolean;
  users: User[];
  clients: Client[];
  meetings: Meeting[];
  journal: JournalEntry[];
  /** Ids of the clients assigned to each user. */
  assigned: Map<string, Set<string>>;
}

export const password = 'demo-office';

/** mulberry32: small, seeded, good enough to vary sample records. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

let lastId = 0;
/** Looks like a UUID of version 7 and counts up. */
export const nextId = (): string => {
  lastId += 1;
  return `0192f0c1-0000-7000-8000-${lastId.toString(16).padStart(12, '0')}`;
};

const firstNames = ['Anna', 'Bram', 'Chloé', 'Dirk', 'Elise', 'Farid', 'Greta', 'Hugo'];
const lastNames = ['Peeters', 'Janssens', 'Maes', 'Jacobs', 'Mertens', 'Willems', 'Claes', 'Goossens'];
const roles = [
  'administrator',
  'manager',
  'adviser',
  'adviser',
  'adviser',
  'assistant',
  'readOnly',
  'adviser',
] as const;
const companies = [
  'Noordzee',
  'Hopland',
  'Kempen',
  'Leie',
  'Schelde',
  'Meetjesland',
  'Ardennen',
  'Haspengouw',
];
const kinds = [
  'Logistics',
  'Bakery',
  'Dental Care',
  'Architects',
  'Brewing',
  'Solar',
  'Textiles',
  'Clinics',
  'Farm',
];
const cities = ['Ghent', 'Leuven', 'Bruges', 'Namur', 'Hasselt', 'Antwerp'];
const subjects = [
  'Annual review', 'Pension plan', 'Budget for next year', 'Contract renewal', 'Complaint about delivery',
  'Introduction', 'Tax return', 'Insurance claim', 'Price negotiation', 'Site visit', 'Follow-up on quotation',
]; // prettier-ignore
const tags = [
  'tax',
  'pension',
  'insurance',
  'legal',
  'payroll',
  'vip',
  'renewal',
  'complaint',
  'new business',
  'energy',
];

/** Who looks after a client: the fifth of them looks after none. */
const ownerOf = (user: User | undefined) =>
  user && user.role !== 'assistant' && user.role !== 'manager'
    ? { id: user.id, name: user.displayName }
    : null;

const stampsOf = (by: string, at: string) => ({
  version: 1,
  createdAt: at,
  createdBy: by,
  changedAt: at,
  changedBy: by,
  deletedAt: null,
});

export function sampleOffice({
  meetings: count = 600,
  clients: clientCount = 48,
  seed = 7,
} = {}): MemoryOffice {
  const random = makeRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const begin = '2026-01-05T08:00:00.000Z';
  const userIds = firstNames.map(nextId);
  const admin = userIds[0] ?? nextId();
  const users: User[] = firstNames.map((first, index) => ({
    id: userIds[index] ?? nextId(),
    userName: first.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase(),
    displayName: `${first} ${lastNames[index] ?? ''}`,
    role: roles[index] ?? 'adviser',
    seesAllClients: index < 2,
    active: index !== 7,
    ...stampsOf(admin, begin),
  }));
  const clients: Client[] = Array.from({ length: clientCount }, (_, index) => ({
    id: nextId(),
    name: `${companies[index % companies.length] ?? ''} ${kinds[index % kinds.length] ?? ''}${index >= 72 ? ` ${String(index)}` : ''}`,
    kind: index % 7 === 3 ? 'person' : 'company',
    city: pick(cities),
    owner: ownerOf(users[index % 5]),
    notes: index % 3 === 0 ? 'Prefers to be called before noon.\nInvoices go to the parent company.' : '',
    ...stampsOf(admin, begin),
  }));
  const meetings = Array.from({ length: count }, (): Meeting => {
    const client = pick(clients.slice(0, Math.max(4, Math.floor(random() * clients.length))));
    const owner = pick(users);
    const date = new Date(Date.UTC(2025, 0, 2, 7, 0) + Math.floor(random() * 700) * 86_400_000);
    date.setUTCMinutes(Math.floor(random() * 40) * 15);
    const day = date.toISOString().slice(0, 10);
    return {
      id: nextId(),
      client: { id: client.id, name: client.name },
      owner: { id: owner.id, name: owner.displayName },
      title: `${pick(subjects)}${random() < 0.3 ? `, ${pick(tags)}` : ''}`,
      details: `${pick(firstNames)} asked about the ${pick(tags)} question.\n\nWe agreed to look at the figures again in ${pick(['a week', 'a month', 'spring'])}.`,
      type: pick(meetingTypes),
      status: pick(meetingStatuses),
      priority: pick(meetingPriorities),
      tags: [...new Set([pick(tags), pick(tags)])].slice(0, Math.floor(random() * 3)),
      start: random() < 0.2 ? { date: day } : { at: date.toISOString(), zone: 'Europe/Brussels' },
      durationMinutes: random() < 0.3 ? null : pick([15, 30, 45, 60, 90, 120]),
      ...stampsOf(owner.id, date.toISOString()),
    };
  });
  const assigned = new Map(
    users.map((user, index) => [
      user.id,
      new Set(clients.filter((_, at) => index > 1 && at % (index + 1) === 0).map((client) => client.id)),
    ]),
  );
  return {
    zone: 'Europe/Brussels',
    name: 'Peeters & Partners',
    colour: 'blue',
    version: 1,
    recoveryCode: null,
    demo: true,
    users,
    clients,
    meetings,
    journal: [],
    assigned,
  };
}
