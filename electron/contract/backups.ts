import { z } from 'zod';
import { call, done, nothing } from './call.ts';

/** Names a backup of the list, or a file that was chosen; a window never names a file itself. */
const backupId = z.string().regex(/^[0-9a-f]{12,32}$/, 'is not a backup of the list');
const passphrase = z.string().min(8).max(200);

export const backupFacts = z.object({
  id: backupId,
  /** Without folders. */
  file: z.string(),
  madeAt: z.iso.datetime(),
  bytes: z.int().min(0),
  appVersion: z.string(),
  /** `daily`, `by-hand`, or `before-0.2.0`: before that version was installed. */
  reason: z.string(),
  officeName: z.string(),
  isEncrypted: z.boolean(),
  /** Null when encrypted. */
  counts: z.object({ meetings: z.int().min(0), clients: z.int().min(0) }).nullable(),
  /** It was restored when it was made and agreed with the office, and is as long as it was then. */
  isVerified: z.boolean(),
  /** Whether the older parts of the journal in it are as they were sealed. */
  isJournalWhole: z.boolean(),
});
export type BackupFacts = z.infer<typeof backupFacts>;

const failures = ['NOT_ALLOWED', 'CONFLICT', 'NO_BACKUP', 'STORE_UNAVAILABLE'] as const;
const restoreFailures = ['NOT_FOUND', 'WRONG_PASSPHRASE', ...failures] as const;

export const backups = {
  list: call({
    summary:
      'The backups of the office, the newest first. For administrators while an office is open; for whoever sits at the computer while none can be.',
    access: 'anyone',
    input: nothing,
    output: z.object({
      backups: z.array(backupFacts),
      /** How many backups of other offices lie in the same folder; they are not restored in the place of this one. */
      others: z.int().min(0),
      /** Where backups lie; null while no office is chosen, or before one was created. */
      folder: z.string().nullable(),
      isUsualFolder: z.boolean(),
      /** False when the folder that was chosen cannot be read now: there may be backups in it all the same. */
      isReachable: z.boolean(),
      /** Whether backups are encrypted from now on. */
      hasPassphrase: z.boolean(),
      /** See `backups.status`. */
      settingsLost: z.boolean(),
      busy: z.enum(['no', 'making', 'restoring']),
      /** Whether the office is open: a backup can be made, and its settings changed. */
      isOpen: z.boolean(),
    }),
    failures: ['NOT_ALLOWED', 'CONFLICT', 'STORE_UNAVAILABLE'],
  }),
  status: call({
    summary: 'Whether something keeps this office from being backed up.',
    access: 'administrator',
    input: nothing,
    output: z.object({
      /** The settings were damaged: nothing is backed up until somebody says whether backups are encrypted. */
      settingsLost: z.boolean(),
      /** Why the last daily backup was not made, in one sentence; null when it was, or none was due yet. */
      dailyTrouble: z.string().nullable(),
    }),
    failures: ['NOT_ALLOWED', 'STORE_UNAVAILABLE'],
  }),
  create: call({
    summary:
      'Backs the office up now, while people work, and answers when the backup was restored to a folder of its own and found to be equal.',
    access: 'administrator',
    input: nothing,
    output: z.object({ backup: backupFacts }),
    failures: [...failures],
  }),
  setPassphrase: call({
    summary:
      'Encrypts the backups of this office that are made on this computer from now on. The passphrase itself is kept nowhere: whoever loses it loses the backups.',
    access: 'administrator',
    input: z.strictObject({ passphrase }),
    output: done,
    failures: ['NOT_ALLOWED', 'CONFLICT', 'STORE_FULL'],
  }),
  clearPassphrase: call({
    summary: 'Backups made from now on are not encrypted. Those there are stay as they are.',
    access: 'administrator',
    input: nothing,
    output: done,
    failures: ['NOT_ALLOWED', 'CONFLICT', 'STORE_FULL'],
  }),
  chooseFolder: call({
    summary:
      'Asks for a folder with the system’s dialog; backups of this office made on this computer go there from now on. Those there are stay where they are.',
    access: 'administrator',
    input: nothing,
    /** False when no folder was chosen. */
    output: z.object({ chosen: z.boolean() }),
    failures: ['NOT_ALLOWED', 'CONFLICT', 'NO_BACKUP', 'STORE_FULL'],
  }),
  restore: call({
    summary:
      'Puts a backup of the list in the place of the office: first into a folder of its own, where it is proved; then everybody is signed out, the present data are moved to `kept`, and the office opens as it was. Who may is told at `backups.list`.',
    access: 'anyone',
    input: z.strictObject({ id: backupId, passphrase: z.string().max(200).optional() }),
    output: done,
    failures: [...restoreFailures],
  }),
  chooseFile: call({
    summary: 'Asks for a backup with the system’s dialog, from wherever it may come.',
    access: 'anyone',
    input: nothing,
    /** Null when none was chosen. */
    output: z.object({ backup: backupFacts.nullable() }),
    failures: ['NO_BACKUP'],
  }),
  restoreFile: call({
    summary:
      'Restores a backup that was chosen into a new folder of the program, beside the offices there are, and opens it.',
    access: 'anyone',
    input: z.strictObject({ id: backupId, passphrase: z.string().max(200).optional() }),
    output: done,
    failures: [...restoreFailures],
  }),
};
export type BackupsAnswer = z.infer<typeof backups.list.output>;
