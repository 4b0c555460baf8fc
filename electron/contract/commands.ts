import { mayMake, type Access } from './call.ts';
import type { Role } from './users.ts';

/**
 * The one command registry: feeds the menu in main and the shortcuts in the window.
 * `accelerator` is Electron's notation and belongs to the menu; `keys` are typed in the window, outside text fields
 * (`g m` means g, then m).
 */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly menu: 'file' | 'edit' | 'view' | 'help' | null;
  readonly accelerator?: string;
  readonly keys?: string;
  /** Who may choose it; what it does asks again. */
  readonly access: Access;
  /** It writes something, so a copy to read has none of it. */
  readonly writes?: true;
  /** Where no office is open anybody may choose it, too: there is nobody to sign in, and it is what helps. */
  readonly withoutOffice?: true;
  /** The demo office has none of it; the failure's detail that says why. */
  readonly demo?: 'demo' | 'demoBackups';
}

export const commands = [
  {
    id: 'meetings.create',
    title: 'New meeting',
    menu: 'file',
    accelerator: 'CmdOrCtrl+N',
    keys: 'c m',
    access: 'writer',
    writes: true,
  },
  {
    id: 'clients.create',
    title: 'New client',
    menu: 'file',
    accelerator: 'CmdOrCtrl+Shift+N',
    keys: 'c c',
    access: 'writer',
    writes: true,
  },
  {
    id: 'imports.open',
    title: 'Import meetings…',
    menu: 'file',
    accelerator: 'CmdOrCtrl+I',
    access: 'importer',
    writes: true,
  },
  { id: 'office.settings', title: 'Office…', menu: 'file', access: 'administrator', writes: true },
  {
    id: 'office.switch',
    title: 'Switch office…',
    menu: 'file',
    accelerator: 'CmdOrCtrl+Shift+O',
    access: 'anyone',
  },
  { id: 'office.export', title: 'Export…', menu: 'file', access: 'administrator' },
  {
    id: 'backups.open',
    title: 'Backups…',
    menu: 'file',
    access: 'administrator',
    withoutOffice: true,
    demo: 'demoBackups',
  },
  { id: 'window.new', title: 'New window', menu: 'file', accelerator: 'CmdOrCtrl+Shift+W', access: 'anyone' },
  { id: 'session.switchUser', title: 'Switch user', menu: 'file', access: 'signedIn' },
  {
    id: 'session.signOut',
    title: 'Sign out',
    menu: 'file',
    accelerator: 'CmdOrCtrl+Shift+Q',
    access: 'signedIn',
  },
  {
    id: 'journal.undo',
    title: 'Undo last change',
    menu: 'edit',
    accelerator: 'CmdOrCtrl+Shift+Z',
    keys: 'u',
    access: 'writer',
    writes: true,
  },
  {
    id: 'meetings.search',
    title: 'Search',
    menu: 'edit',
    accelerator: 'CmdOrCtrl+F',
    keys: '/',
    access: 'signedIn',
  },
  {
    id: 'meetings.open',
    title: 'Meetings',
    menu: 'view',
    accelerator: 'CmdOrCtrl+1',
    keys: 'g m',
    access: 'signedIn',
  },
  {
    id: 'clients.open',
    title: 'Clients',
    menu: 'view',
    accelerator: 'CmdOrCtrl+2',
    keys: 'g c',
    access: 'signedIn',
  },
  {
    id: 'users.open',
    title: 'Users',
    menu: 'view',
    accelerator: 'CmdOrCtrl+3',
    keys: 'g u',
    access: 'administrator',
  },
  {
    id: 'journal.open',
    title: 'Journal',
    menu: 'view',
    accelerator: 'CmdOrCtrl+4',
    keys: 'g j',
    access: 'signedIn',
  },
  {
    id: 'appearance.toggle',
    title: 'Light or dark',
    menu: 'view',
    accelerator: 'CmdOrCtrl+Shift+L',
    access: 'anyone',
  },
  { id: 'office.check', title: 'Check this office…', menu: 'help', access: 'administrator' },
  { id: 'health.open', title: 'Health of this office…', menu: 'help', access: 'administrator' },
  { id: 'updates.open', title: 'Updates…', menu: 'help', access: 'administrator', demo: 'demo' },
  { id: 'help.shortcuts', title: 'Keyboard shortcuts', menu: 'help', keys: '?', access: 'anyone' },
] as const satisfies readonly Command[];

export type CommandId = (typeof commands)[number]['id'];

/** Whose window it is, and what it shows. */
export interface Chooser {
  /** Null while nobody is signed in. */
  readonly role: Role | null;
  /** Whether there is an office that one can sign in to. */
  readonly isOpen: boolean;
  readonly isDemo: boolean;
  readonly isReadOnlyCopy: boolean;
}

/** Why a command is not carried out: it is not for this role, or something else stands against it. */
export type Refusal =
  'noOffice' | 'signedOut' | Exclude<Access, 'anyone' | 'signedIn'> | 'copy' | 'demo' | 'demoBackups';

/** Why it is not carried out for them; null when it is. The menu and the window both ask this. */
export function refusalOf(
  { access, writes, withoutOffice, demo }: Pick<Command, 'access' | 'writes' | 'withoutOffice' | 'demo'>,
  { role, isOpen, isDemo, isReadOnlyCopy }: Chooser,
): Refusal | null {
  if (access === 'anyone') return null;
  if (!isOpen) return withoutOffice ? null : 'noOffice';
  if (role === null) return 'signedOut';
  if (access !== 'signedIn' && !mayMake(access, role)) return access;
  if (writes && isReadOnlyCopy) return 'copy';
  return demo && isDemo ? demo : null;
}
