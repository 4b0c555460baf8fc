import { z } from 'zod';
import { call, done, nothing } from './call.ts';
import { differenceKinds } from './check.ts';

/** What the last check of the office found; kept beside its data, without examples. */
export const lastCheck = z.object({
  at: z.iso.datetime(),
  /** Cancelled: only what was looked through until then is told. */
  state: z.enum(['done', 'cancelled']),
  repaired: z.boolean(),
  differences: z.array(z.object({ index: z.string(), what: z.enum(differenceKinds), count: z.int().min(1) })),
});
export type LastCheck = z.infer<typeof lastCheck>;

export const officeHealth = z.object({
  engineVersion: z.string(),
  /** Since the engine was started, which is when the office was opened, or when it was brought back. */
  uptimeSeconds: z.number().min(0),
  memoryBytes: z.number().min(0),
  /** More than this it never takes; writes are refused then. */
  memoryLimitBytes: z.number().min(0),
  /** Of the engine's files and the sealed journal on disk. */
  dataBytes: z.number().min(0),
  /** Of what repairs, restores and upgrades put aside. */
  keptBytes: z.number().min(0),
  freeBytes: z.number().nullable(),
  volume: z.string(),
  readOnly: z.boolean(),
  /** As many as the person who asks sees. */
  meetings: z.int().min(0),
  clients: z.int().min(0),
  /** Null when it was never checked, or nobody could write down that it was. */
  lastCheck: lastCheck.nullable(),
  /** The newest of this office where its backups lie. It was proved right after it was made, unless it was changed since. */
  lastBackup: z
    .object({ at: z.iso.datetime(), bytes: z.number().min(0), isVerified: z.boolean() })
    .nullable(),
  /** False when the folder for backups, or the settings that name it, cannot be read now. */
  backupsReachable: z.boolean(),
});
export type OfficeHealth = z.infer<typeof officeHealth>;

export const health = {
  status: call({
    summary: 'How the open office is: its engine, sizes and room, last check and last backup.',
    access: 'administrator',
    input: nothing,
    output: officeHealth,
    failures: ['NOT_ALLOWED'],
  }),
  showFolder: call({
    summary: 'Shows the folder of the office with what the system has for that.',
    access: 'administrator',
    input: nothing,
    output: done,
    failures: ['NOT_ALLOWED'],
  }),
  showKept: call({
    summary:
      'Shows the folder of what repairs, restores and upgrades put aside. Fails as NOT_FOUND when there is none.',
    access: 'administrator',
    input: nothing,
    output: done,
    failures: ['NOT_ALLOWED', 'NOT_FOUND'],
  }),
  saveBundle: call({
    summary:
      'Asks for a file with the system’s dialog and writes what support needs to know into it: versions, sizes, counts, settings and the last lines of the engine. No names, titles, paths or user names.',
    access: 'administrator',
    input: nothing,
    /** False when no file was chosen. */
    output: z.object({ saved: z.boolean() }),
    failures: ['NOT_ALLOWED'],
  }),
};
