import { z } from 'zod';

export const magic = 'daybook-backup';
export const formatVersion = 1;

const hex = (bytes: number): z.ZodString => z.string().regex(new RegExp(`^[0-9a-f]{${String(2 * bytes)}}$`));

/** How the key comes from the passphrase, and how one sees that it is the right one. */
const encryption = z.strictObject({
  n: z
    .int()
    .min(1_024)
    .max(1 << 20),
  r: z.int().min(1).max(32),
  p: z.int().min(1).max(16),
  salt: hex(16),
  /** Of this backup: no two are encrypted with the same key. */
  fileSalt: hex(32),
  check: hex(16),
});

/** What can be told of a backup without opening it. */
export const backupHeader = z.strictObject({
  magic: z.literal(magic),
  version: z.int(),
  madeAt: z.iso.datetime(),
  appVersion: z.string().max(60),
  schema: z.int(),
  office: z.strictObject({ id: z.string().max(60), name: z.string().max(200) }),
  reason: z.string().max(80),
  /** Of the whole archive inside. */
  bytes: z.int().min(0),
  /** Null in an encrypted backup: a list needs no more than its date, size, version and office. */
  counts: z.strictObject({ meetings: z.int().min(0), clients: z.int().min(0) }).nullable(),
  encryption: encryption.nullable(),
  /** Where sealed parts of the office's journal were not as they were sealed. Everything else was proved. */
  journal: z.literal('damaged').optional(),
});
export type BackupHeader = z.infer<typeof backupHeader>;
export type HeaderFacts = Omit<BackupHeader, 'magic' | 'version' | 'encryption'>;

/** A backup that is not what was written: cut off, changed, put together from several, or no backup at all. */
export class DamagedBackup extends Error {}
/** A file that nothing in it tells to be a backup of Daybook. */
export class NotABackup extends DamagedBackup {}
/** A newer version of Daybook made it, in a form this one does not know. */
export class NewerBackup extends Error {}
export class WrongPassphrase extends Error {}
