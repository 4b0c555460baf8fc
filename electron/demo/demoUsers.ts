import type { Role } from '../contract/users.ts';

/** A user of the demo office. */
export interface DemoUser {
  readonly userName: string;
  readonly displayName: string;
  readonly role: Role;
  readonly seesAllClients: boolean;
  /** Share of the clients assigned, for users who do not see all of them. */
  readonly clients: number;
  /** How often this user is the one who met a client, among those who see it. */
  readonly busy: number;
}

/** One of each kind that matters: what a user sees reaches from everything to nothing. The first one creates the office. */
export const demoUsers: readonly [DemoUser, ...DemoUser[]] = [
  {
    userName: 'anna',
    displayName: 'Anna Vermeulen',
    role: 'administrator',
    seesAllClients: true,
    clients: 0,
    busy: 2,
  },
  {
    userName: 'marc',
    displayName: 'Marc Dubois',
    role: 'manager',
    seesAllClients: true,
    clients: 0,
    busy: 3,
  },
  {
    userName: 'sofia',
    displayName: 'Sofía Herrera',
    role: 'adviser',
    seesAllClients: false,
    clients: 0.4,
    busy: 9,
  },
  {
    userName: 'jonas',
    displayName: 'Jonas Müller',
    role: 'adviser',
    seesAllClients: false,
    clients: 0.2,
    busy: 8,
  },
  {
    userName: 'eline',
    displayName: 'Eline de Vries',
    role: 'adviser',
    seesAllClients: false,
    clients: 0.05,
    busy: 6,
  },
  {
    userName: 'tomasz',
    displayName: 'Tomasz Wójcik',
    role: 'assistant',
    seesAllClients: false,
    clients: 0.01,
    busy: 4,
  },
  {
    userName: 'ingrid',
    displayName: 'Ingrid Åkesson',
    role: 'readOnly',
    seesAllClients: false,
    clients: 0.1,
    busy: 0,
  },
  {
    userName: 'hugo',
    displayName: 'Hugo Lefèvre',
    role: 'assistant',
    seesAllClients: false,
    clients: 0,
    busy: 0,
  },
];
