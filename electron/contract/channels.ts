import type { Contract, Events } from './index.ts';

/**
 * The names of all calls and events, without their schemas: the preload script needs only these, and without zod it
 * stays a few kilobytes. The types refuse a name that is missing here or that the contract does not have.
 */
export const callNames = {
  session: { signIn: true, signOut: true, current: true },
  office: {
    ...{ status: true, reopen: true, create: true, createDemo: true },
    ...{ openReadOnlyCopy: true, closeReadOnlyCopy: true, showFolder: true },
    ...{ update: true, renewRecoveryCode: true, recover: true },
    ...{ check: true, cancelCheck: true },
    ...{ export: true, cancelExport: true, showExport: true },
  },
  offices: { list: true, leave: true, open: true, openFolder: true, createNew: true, remove: true },
  meetings: { filter: true, facetValues: true, get: true, create: true, update: true, delete: true },
  clients: { list: true, get: true, create: true, update: true, delete: true },
  users: { names: true, list: true, create: true, update: true, clients: true, assignClients: true },
  drafts: { keep: true, forget: true, kept: true },
  journal: { list: true, undo: true },
  imports: {
    ...{ chooseFile: true, offerFile: true, inspect: true },
    ...{ templates: true, saveTemplate: true, deleteTemplate: true },
    ...{ start: true, cancel: true, report: true, exportReport: true },
  },
  backups: {
    ...{ list: true, status: true, create: true },
    ...{ setPassphrase: true, clearPassphrase: true, chooseFolder: true },
    ...{ restore: true, chooseFile: true, restoreFile: true },
  },
  updates: { status: true, chooseFolder: true, turnOff: true, check: true, install: true },
  health: { status: true, showFolder: true, showKept: true, saveBundle: true },
} as const satisfies { [N in keyof Contract]: { [K in keyof Contract[N]]: true } };

export const eventNames = {
  changed: true,
  importProgress: true,
  checkProgress: true,
  exportProgress: true,
  officeStatus: true,
  updatesStatus: true,
  backupsStatus: true,
  signedOut: true,
  command: true,
} as const satisfies { [E in keyof Events]: true };

/** The channel an event is pushed on; calls use `noun.call`, which has no such prefix. */
export const eventChannel = (event: string): string => `event:${event}`;
