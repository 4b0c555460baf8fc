import { numberText } from '../format.ts';

export const shell = {
  navigation: 'Main navigation',
  collapse: 'Make the navigation narrow',
  expand: 'Make the navigation wide',
  screens: {
    meetings: 'Meetings',
    clients: 'Clients',
    users: 'Users',
    journal: 'Journal',
    import: 'Import',
  },
  demo: 'Demo',
  demoHint: 'A made-up office. Nothing here touches real data.',
  office: 'Office',
  leaveDemo: 'Leave the demo',
  settings: 'Office…',
  updates: 'Updates…',
  switchOffice: 'Switch office…',
  userMenu: 'User menu:',
  switchUser: 'Switch user',
  signOut: 'Sign out',
  light: 'Light colours',
  dark: 'Dark colours',
  shortcuts: 'Keyboard shortcuts',
  restarting: 'One moment: the data are being opened again. What you typed stays.',
  space: {
    low: (volume: string, megabytes: number): string =>
      `The drive of this office (${volume}) is filling up: ${numberText(megabytes)} MB are left. Free some space before nothing can be saved.`,
    none: (volume: string, megabytes: number): string =>
      `The drive of this office (${volume}) is full: ${numberText(megabytes)} MB are left. Everything can be read, nothing can be saved; that goes on by itself when some space is free.`,
  },
  readOnlyCopy: {
    sentence:
      'This is a copy to read, because the office itself does not open. Nothing can be saved here; the office stays as it is.',
    back: 'Close the copy',
  },
  /** Why something of the menu is not done. */
  refusals: {
    noOffice: 'Open an office first.',
    administrator: (title: string): string => `Only administrators can use “${title}”.`,
    importer: (title: string): string => `Only administrators and managers can use “${title}”.`,
    writer: (title: string): string => `Your role is to read only, so “${title}” is not for you.`,
  },
  notForYou: 'Not open to you',
  notForYouHint: 'Your role does not include this screen. An administrator can change that.',
  keys: {
    title: 'Keyboard shortcuts',
    everywhere: 'Everywhere',
    inLists: 'In a list',
    then: 'then',
    lists: [
      { keys: ['J', '↓'], title: 'Next row' },
      { keys: ['K', '↑'], title: 'Previous row' },
      { keys: ['Page Up', 'Page Down'], title: 'A page up or down' },
      { keys: ['Home', 'End'], title: 'First or last row' },
      { keys: ['Enter'], title: 'Open' },
      { keys: ['E'], title: 'Edit' },
      { keys: ['Delete'], title: 'Delete, with undo' },
      { keys: ['Escape'], title: 'Close the details, or clear the search' },
    ],
  },
} as const;
