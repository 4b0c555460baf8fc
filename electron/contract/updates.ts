import { z } from 'zod';
import { call, done, nothing } from './call.ts';
import { updateTrouble } from './updateTrouble.ts';

/** A version as packages carry it: `0.2.0`, `0.2.0-beta.1`. */
const packageVersion = z
  .string()
  .max(60)
  .regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, 'is not a version');

/** A package that was copied from the updates folder to this computer and found to be right. */
export const foundUpdate = z.object({
  version: packageVersion,
  /** Name of the package. */
  file: z.string(),
  bytes: z.int().min(0),
  /** What saying yes leads to: the system's installer opens and Daybook closes, or the package is shown in its folder. */
  handOver: z.enum(['installer', 'folder']),
});
export type FoundUpdate = z.infer<typeof foundUpdate>;

export const updates = {
  status: call({
    summary:
      'Whether this computer looks for newer packages of Daybook in a folder, and what it found there. Looks nowhere itself.',
    access: 'administrator',
    input: nothing,
    output: z.object({
      /** `off`: no folder was chosen, so nothing is ever looked at. */
      state: z.enum(['off', 'looking', 'nothing', 'found', 'trouble', 'installing']),
      folder: z.string().nullable(),
      /** Newest package that was checked; with `found` and `installing`. */
      found: foundUpdate.nullable(),
      /** With `trouble`. */
      trouble: updateTrouble.nullable(),
      /** When the folder was last looked at by this run of the program. */
      lookedAt: z.iso.datetime().nullable(),
      /** What proves a package: a signature, when the program was built with a key, otherwise only its checksum. */
      proof: z.enum(['signature', 'checksum']),
      appVersion: z.string(),
    }),
    failures: ['NOT_ALLOWED', 'CONFLICT'],
  }),
  chooseFolder: call({
    summary:
      'Asks for a folder with the system’s dialog, looks for updates there from now on, at once and then daily. A setting of this computer, not of the office.',
    access: 'administrator',
    input: nothing,
    /** False when no folder was chosen. */
    output: z.object({ chosen: z.boolean() }),
    failures: ['NOT_ALLOWED', 'CONFLICT', 'STORE_FULL'],
  }),
  turnOff: call({
    summary: 'Looks for updates nowhere any more, and forgets the folder and what was copied from it.',
    access: 'administrator',
    input: nothing,
    output: done,
    failures: ['NOT_ALLOWED', 'CONFLICT', 'STORE_FULL'],
  }),
  check: call({
    summary:
      'Looks into the updates folder now and answers when that is over; `updates.status` tells what was found.',
    access: 'administrator',
    input: nothing,
    output: done,
    failures: ['NOT_ALLOWED', 'CONFLICT'],
  }),
  install: call({
    summary:
      'Backs the office up, checks the copied package once more and hands it to the system. Once the system’s installer opens, Daybook ends.',
    access: 'administrator',
    /** The version that was offered, so that nobody installs another one than they said yes to. */
    input: z.strictObject({ version: packageVersion }),
    output: z.object({
      handedTo: z.enum(['installer', 'folder']),
      /** The package that was checked, in full. */
      packagePath: z.string(),
      /** File of the backup, which was restored once to prove it. */
      backup: z.string(),
    }),
    failures: ['NOT_ALLOWED', 'CONFLICT', 'NO_UPDATE'],
  }),
};
export type UpdatesStatus = z.infer<typeof updates.status.output>;
export type InstallAnswer = z.infer<typeof updates.install.output>;
