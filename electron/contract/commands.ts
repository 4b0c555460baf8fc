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
  /** Shown and working only when somebody is signed in. */
  readonly signedIn: boolean;
}

export const commands = [
  {
    id: 'meetings.create',
    title: 'New meeting',
    menu: 'file',
    accelerator: 'CmdOrCtrl+N',
    keys: 'c m',
    signedIn: true,
  },
  {
    id: 'clients.create',
    title: 'New client',
    menu: 'file',
    accelerator: 'CmdOrCtrl+Shift+N',
    keys: 'c c',
    signedIn: true,
  },
  { id: 'imports.open', title: 'Import meetings…', menu: 'file', accelerator: 'CmdOrCtrl+I', signedIn: true },
  { id: 'office.settings', title: 'Office…', menu: 'file', signedIn: true },
  {
    id: 'office.switch',
    title: 'Switch office…',
    menu: 'file',
    accelerator: 'CmdOrCtrl+Shift+O',
    signedIn: false,
  },
  { id: 'office.export', title: 'Export…', menu: 'file', signedIn: true },
  { id: 'backups.open', title: 'Backups…', menu: 'file', signedIn: false },
  { id: 'window.new', title: 'New window', menu: 'file', accelerator: 'CmdOrCtrl+Shift+W', signedIn: false },
  { id: 'session.switchUser', title: 'Switch user', menu: 'file', signedIn: true },
  {
    id: 'session.signOut',
    title: 'Sign out',
    menu: 'file',
    accelerator: 'CmdOrCtrl+Shift+Q',
    signedIn: true,
  },
  {
    id: 'journal.undo',
    title: 'Undo last change',
    menu: 'edit',
    accelerator: 'CmdOrCtrl+Shift+Z',
    keys: 'u',
    signedIn: true,
  },
  {
    id: 'meetings.search',
    title: 'Search',
    menu: 'edit',
    accelerator: 'CmdOrCtrl+F',
    keys: '/',
    signedIn: true,
  },
  {
    id: 'meetings.open',
    title: 'Meetings',
    menu: 'view',
    accelerator: 'CmdOrCtrl+1',
    keys: 'g m',
    signedIn: true,
  },
  {
    id: 'clients.open',
    title: 'Clients',
    menu: 'view',
    accelerator: 'CmdOrCtrl+2',
    keys: 'g c',
    signedIn: true,
  },
  { id: 'users.open', title: 'Users', menu: 'view', accelerator: 'CmdOrCtrl+3', keys: 'g u', signedIn: true },
  {
    id: 'journal.open',
    title: 'Journal',
    menu: 'view',
    accelerator: 'CmdOrCtrl+4',
    keys: 'g j',
    signedIn: true,
  },
  {
    id: 'appearance.toggle',
    title: 'Light or dark',
    menu: 'view',
    accelerator: 'CmdOrCtrl+Shift+L',
    signedIn: false,
  },
  { id: 'office.check', title: 'Check this office…', menu: 'help', signedIn: true },
  { id: 'health.open', title: 'Health of this office…', menu: 'help', signedIn: true },
  { id: 'updates.open', title: 'Updates…', menu: 'help', signedIn: true },
  { id: 'help.shortcuts', title: 'Keyboard shortcuts', menu: 'help', keys: '?', signedIn: false },
] as const satisfies readonly Command[];

export type CommandId = (typeof commands)[number]['id'];
