import { z } from 'zod';
import { call, done, nothing } from './call.ts';
import { officeColour } from './office.ts';

/** Names an office of the list; made from its folder, so that a window never names a folder itself. */
const knownId = z.string().regex(/^[0-9a-f]{12}$/, 'is not an office of the list');

/** An office this computer has opened before. */
export const knownOffice = z.object({
  id: knownId,
  /** As it was called when it was open last; empty when it never was. */
  name: z.string(),
  colour: officeColour,
  folder: z.string(),
  /** Null when it was never opened since the list is kept. */
  openedAt: z.string().nullable(),
  /** Whether the folder can be found at the moment: it may lie on a drive that is not connected. */
  isThere: z.boolean(),
});
export type KnownOffice = z.infer<typeof knownOffice>;

export const offices = {
  list: call({
    summary:
      'The offices this computer knows, the one opened last first. Names and folders only: nothing of their data.',
    access: 'anyone',
    input: nothing,
    output: z.object({ offices: z.array(knownOffice) }),
    failures: [],
  }),
  leave: call({
    summary:
      'Signs everybody out, closes the office and leads to the list of offices, or to the first run when there is none. A demo office is removed.',
    access: 'anyone',
    input: nothing,
    output: done,
    failures: [],
  }),
  open: call({
    summary: 'Opens an office of the list in place of the one that is open.',
    access: 'anyone',
    input: z.strictObject({ id: knownId }),
    output: done,
    failures: ['NOT_FOUND', 'NO_OFFICE'],
  }),
  openFolder: call({
    summary: 'Asks for a folder with the system’s dialog and opens the office in it.',
    access: 'anyone',
    input: nothing,
    /** False when no folder was chosen. */
    output: z.object({ opened: z.boolean() }),
    failures: ['NO_OFFICE'],
  }),
  createNew: call({
    summary: 'Opens a new folder of the program for an office that is still to be created (`office.create`).',
    access: 'anyone',
    input: nothing,
    output: done,
    failures: ['STORE_FULL'],
  }),
  remove: call({
    summary: 'Takes an office off the list. Its folder and everything in it stay as they are.',
    access: 'anyone',
    input: z.strictObject({ id: knownId }),
    output: done,
    failures: ['NOT_FOUND', 'STORE_FULL'],
  }),
};
