import { createHmac, hkdfSync, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { DamagedBackup, type BackupHeader } from './header.ts';

/** What a passphrase is turned into once; with it backups are made without asking for the passphrase. */
export interface PassphraseKey {
  readonly n: number;
  readonly r: number;
  readonly p: number;
  readonly salt: string;
  /** 64 hexadecimal digits. */
  readonly key: string;
}

const cost = { n: 1 << 17, r: 8, p: 1 };
const scryptOf = promisify<string, Buffer, number, object, Buffer>(scrypt);

async function derived(passphrase: string, parameters: Omit<PassphraseKey, 'key'>): Promise<string> {
  const { n, r, p, salt } = parameters;
  const options = { N: n, r, p, maxmem: 128 * n * r + 32 * 1024 * 1024 };
  const key = await scryptOf(passphrase.normalize('NFC'), Buffer.from(salt, 'hex'), 32, options);
  return key.toString('hex');
}

/** Takes about half a second on purpose. */
export async function newPassphraseKey(passphrase: string): Promise<PassphraseKey> {
  const parameters = { ...cost, salt: randomBytes(16).toString('hex') };
  return { ...parameters, key: await derived(passphrase, parameters) };
}

/** The key of a backup's passphrase; whether it is the right one is told by reading. */
export async function keyForBackup(passphrase: string, header: BackupHeader): Promise<PassphraseKey | null> {
  if (!header.encryption) return null;
  const { n, r, p, salt } = header.encryption;
  // Parameters that somebody made up shall not take all of the memory.
  if (128 * n * r > 512 * 1024 * 1024) throw new DamagedBackup('its passphrase would take too much memory');
  try {
    return { n, r, p, salt, key: await derived(passphrase, { n, r, p, salt }) };
  } catch {
    throw new DamagedBackup('no passphrase can be tried with what its header says');
  }
}

/** By which one sees that it is the right one, without telling it. */
export const checkOf = ({ key }: PassphraseKey, fileSalt: string): string =>
  createHmac('sha256', Buffer.from(key, 'hex'))
    .update(`daybook backup passphrase ${fileSalt}`)
    .digest('hex')
    .slice(0, 32);

/** What one backup is encrypted with. */
export const fileKey = ({ key }: PassphraseKey, fileSalt: string): Buffer =>
  Buffer.from(
    hkdfSync('sha256', Buffer.from(key, 'hex'), Buffer.from(fileSalt, 'hex'), 'daybook backup chunks', 32),
  );
