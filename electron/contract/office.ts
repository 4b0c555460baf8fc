import { z } from 'zod';
import { call, done, nothing } from './call.ts';
import { checkReport } from './check.ts';
import { exportReport } from './export.ts';
import { placeTroubles } from './places.ts';
import { spaceFields } from './space.ts';
import { line, text, version, writeId, written, zone } from './values.ts';
import { password, userName } from './users.ts';
import { signedInUser } from './session.ts';

/** Version of the office data's layout; data of an earlier one are brought up to date, of a later one left untouched. */
export const schemaVersion = 3;

/** Told apart in both appearances, and dark enough for a white letter. The first is that of offices that never chose. */
export const officeColours = ['blue', 'teal', 'green', 'brown', 'red', 'violet', 'grey'] as const;
export const officeColour = z.enum(officeColours);
export type OfficeColour = z.infer<typeof officeColour>;

/** What administrators decide about the office. */
export const officeFields = z.strictObject({ name: line(100), colour: officeColour });
export type OfficeFields = z.infer<typeof officeFields>;

/** Sets a new password of an administrator when it is lost. Shown once; only its hash is kept. */
const recoveryCode = z.string();

const engineTrouble = z.object({
  /** What is wrong: no file, would not start, folder held by another program, data of a newer version, of one before the first release, or of an older one that could not be brought up to date, a restored backup that could not be put in its place, stopped while running, data damaged; or what is wrong with the place (`placeTroubles`). */
  reason: z.enum([
    'missing',
    'unstartable',
    'locked',
    'newer',
    'older',
    'notUpgraded',
    'notRestored',
    'noRoomToUpgrade',
    'stopped',
    'damaged',
    ...placeTroubles,
  ]),
  /** File or folder concerned, in full. */
  path: z.string(),
  /** Last lines the engine said, for support. */
  log: z.string(),
  /** With `newer`: version of the program that wrote the data last; null when they do not say. */
  program: z.string().nullable(),
  /** Whether `office.openReadOnlyCopy` may be tried. */
  mayOpenCopy: z.boolean(),
  /** With `damaged`: what is lost of what was saved. */
  damage: z
    .object({
      /** Actions of people; null when nobody can tell how many, or which. */
      lost: z.int().nullable(),
      /** Records they concerned: more where imports are among them, of which the last few are known. */
      records: z.int().nullable(),
      /** Instants of the last action that is there, and of the last one there was. */
      since: z.string().nullable(),
      until: z.string().nullable(),
      /** Whether `office.reopen` with `repair` opens the office without them. */
      mayRepair: z.boolean(),
    })
    .nullable(),
});

export const office = {
  status: call({
    summary:
      'What the window should show first: trouble with the engine, the list of offices, the first-run choice, or the sign-in.',
    access: 'anyone',
    input: nothing,
    output: z.object({
      state: z.enum(['starting', 'trouble', 'choosing', 'firstRun', 'ready']),
      /** With `firstRun` and `ready`: the engine ended and is being started again; calls wait for it meanwhile. */
      restarting: z.boolean(),
      trouble: engineTrouble.nullable(),
      /** While data of an older version are brought up to date, the share of it that is done. */
      upgrading: z.number().min(0).max(1).nullable(),
      name: z.string(),
      colour: officeColour,
      /** Of name and colour; 0 while there is no office. */
      version: z.int().min(0),
      hasRecoveryCode: z.boolean(),
      /** How many offices this computer knows. */
      knownOffices: z.int().min(0),
      /** The office's zone; plain dates and day ranges are read in it. */
      zone: z.string(),
      demo: z.boolean(),
      /** Whether this is a copy of what can be read of an office that does not open: nothing can be saved. */
      readOnlyCopy: z.boolean(),
      /** Demo office only: names one can sign in with; the password is the same for all and shown on screen. */
      demoUsers: z.array(z.object({ userName: z.string(), displayName: z.string(), role: z.string() })),
      demoPassword: z.string().nullable(),
      dataFolder: z.string(),
      appVersion: z.string(),
      ...spaceFields,
    }),
    failures: [],
  }),
  reopen: call({
    summary:
      'Opens the office again after trouble with the engine; `office.status` tells how that went. Does nothing while there is none. With `repair` damaged data are opened without what is lost; the damaged part is kept in the folder.',
    access: 'anyone',
    input: z.strictObject({ repair: z.boolean().default(false) }).prefault({}),
    output: done,
    failures: [],
  }),
  openReadOnlyCopy: call({
    summary:
      'Opens a copy of what can be read of an office in trouble, to look at and to export after signing in. The office itself is left as it is; the copy goes away when it is closed, and every write answers NOT_ALLOWED.',
    access: 'anyone',
    input: nothing,
    output: done,
    failures: ['CONFLICT', 'STORE_FULL', 'NO_OFFICE'],
  }),
  closeReadOnlyCopy: call({
    summary:
      'Closes the copy and leads back to the office itself and its trouble. Does nothing while there is none.',
    access: 'anyone',
    input: nothing,
    output: done,
    failures: [],
  }),
  showFolder: call({
    summary:
      'Shows the folder of an office in trouble with what the system has for that. Of an open office `health.showFolder` shows it to administrators.',
    access: 'anyone',
    input: nothing,
    output: done,
    failures: ['NOT_ALLOWED', 'NOT_FOUND'],
  }),
  create: call({
    summary:
      'First run: creates the empty office with its administrator, who is then signed in at this window. The recovery code is never answered again.',
    access: 'anyone',
    input: z.strictObject({
      name: line(100),
      colour: officeColour.default('blue'),
      zone: zone.optional(),
      administrator: z.strictObject({ userName, displayName: line(100), password }),
    }),
    output: z.object({ user: signedInUser, recoveryCode }),
    failures: ['CONFLICT', 'STORE_FULL'],
  }),
  update: call({
    summary: 'Changes the name and the colour of the office.',
    access: 'administrator',
    input: z.strictObject({ writeId, version, fields: officeFields }),
    output: written.extend({ office: officeFields.extend({ version }) }),
    failures: ['NOT_ALLOWED', 'CONFLICT', 'STORE_FULL', 'UNKNOWN_OUTCOME'],
  }),
  renewRecoveryCode: call({
    summary:
      'Makes a new recovery code; the old one is void. Asks for the password of who is signed in; repeated failures have to wait.',
    access: 'administrator',
    input: z.strictObject({ password: z.string().max(200) }),
    output: z.object({ recoveryCode }),
    failures: ['NOT_ALLOWED', 'WRONG_PASSWORD', 'TOO_MANY_ATTEMPTS', 'STORE_FULL', 'UNKNOWN_OUTCOME'],
  }),
  recover: call({
    summary:
      'Sets a new password of an administrator by the recovery code, and signs them in at this window. The code is void; the answer holds a new one. Whatever is wrong looks the same; repeated failures have to wait.',
    access: 'anyone',
    input: z.strictObject({ userName: text(200), recoveryCode: text(200), password }),
    output: z.object({ user: signedInUser, recoveryCode }),
    failures: ['WRONG_RECOVERY_CODE', 'TOO_MANY_ATTEMPTS', 'NO_OFFICE', 'STORE_FULL', 'UNKNOWN_OUTCOME'],
  }),
  check: call({
    summary:
      'Compares the records with everything worked out from them and answers when that is done or was cancelled; with `repair` what differs is put right as it is found. Records are never touched. `checkProgress` events tell how far it is; a check begun later cancels this one.',
    access: 'administrator',
    input: z.strictObject({ repair: z.boolean().default(false) }),
    output: checkReport,
    failures: ['NOT_ALLOWED', 'STORE_FULL', 'UNKNOWN_OUTCOME'],
  }),
  cancelCheck: call({
    summary: 'Cancels the check that is going on, if there is one; it answers what it found until then.',
    access: 'administrator',
    input: nothing,
    output: done,
    failures: ['NOT_ALLOWED'],
  }),
  export: call({
    summary:
      'Asks for a folder with the system’s dialog and writes all an administrator sees into a new folder in it, as files that are readable without Daybook: CSV, JSON, Markdown, iCalendar, vCard. Nothing of an export that fails or is cancelled stays. `exportProgress` events tell how far it is; one goes on at a time.',
    access: 'administrator',
    input: z.strictObject({
      /** Also who did what and when, which tells what was changed and deleted. */
      withJournal: z.boolean().default(false),
    }),
    output: exportReport,
    failures: ['NOT_ALLOWED', 'CONFLICT', 'NO_EXPORT'],
  }),
  cancelExport: call({
    summary: 'Cancels the export that this window began, if there is one.',
    access: 'administrator',
    input: nothing,
    output: done,
    failures: ['NOT_ALLOWED'],
  }),
  showExport: call({
    summary: 'Shows the folder of the last export that this user made, with what the system has for that.',
    access: 'administrator',
    input: nothing,
    output: done,
    failures: ['NOT_ALLOWED'],
  }),
  createDemo: call({
    summary:
      'First run or list of offices: opens a demo office (20,000 meetings, 400 clients, 8 users) in a folder of its own, without touching any other folder.',
    access: 'anyone',
    input: nothing,
    output: z.object({}),
    failures: ['CONFLICT', 'STORE_FULL'],
  }),
};
export type OfficeStatus = z.infer<typeof office.status.output>;
