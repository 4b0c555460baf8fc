import { z } from 'zod';
import { call, done, nothing } from './call.ts';
import { line, zone } from './values.ts';
import { password, userName } from './users.ts';
import { signedInUser } from './session.ts';

/** Version of the office data's layout; data with a higher one is left untouched. */
export const schemaVersion = 1;

const engineTrouble = z.object({
  /** What is wrong: no file, would not start, folder held by another program, data of a newer version, stopped while running. */
  reason: z.enum(['missing', 'unstartable', 'locked', 'newer', 'stopped']),
  /** File or folder concerned, in full. */
  path: z.string(),
  /** Last lines the engine said, for support. */
  log: z.string(),
});

export const office = {
  status: call({
    summary:
      'What the window should show first: trouble with the engine, the first-run choice, or the sign-in.',
    access: 'anyone',
    input: nothing,
    output: z.object({
      state: z.enum(['starting', 'trouble', 'firstRun', 'ready']),
      trouble: engineTrouble.nullable(),
      name: z.string(),
      /** The office's zone; plain dates and day ranges are read in it. */
      zone: z.string(),
      demo: z.boolean(),
      /** Demo office only: names one can sign in with; the password is the same for all and shown on screen. */
      demoUsers: z.array(z.object({ userName: z.string(), displayName: z.string(), role: z.string() })),
      demoPassword: z.string().nullable(),
      dataFolder: z.string(),
      appVersion: z.string(),
    }),
    failures: [],
  }),
  reopen: call({
    summary:
      'Opens the office again after trouble with the engine; `office.status` tells how that went. Does nothing while there is none.',
    access: 'anyone',
    input: nothing,
    output: done,
    failures: [],
  }),
  create: call({
    summary:
      'First run: creates the empty office with its administrator, who is then signed in at this window.',
    access: 'anyone',
    input: z.strictObject({
      name: line(100),
      zone: zone.optional(),
      administrator: z.strictObject({ userName, displayName: line(100), password }),
    }),
    output: z.object({ user: signedInUser }),
    failures: ['CONFLICT', 'STORE_FULL'],
  }),
  createDemo: call({
    summary:
      'First run: opens a demo office (20,000 meetings, 400 clients, 8 users) in a folder of its own, without touching the office folder.',
    access: 'anyone',
    input: nothing,
    output: z.object({}),
    failures: ['CONFLICT', 'STORE_FULL'],
  }),
};
export type OfficeStatus = z.infer<typeof office.status.output>;
