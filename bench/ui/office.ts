import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openStore } from '../../electron/office/openStore.ts';
import type { Store } from '../../electron/redis/store.ts';
import { hashPassword } from '../../electron/session/password.ts';
import { fold } from '../../electron/text/fold.ts';
import { engineOptions, luaFolder } from '../../test/support/engine.ts';
import { generate, type BenchOffice } from '../generate.ts';
import { load } from '../load.ts';

export const password = 'a quiet harbour';
/** Of the first user, who sees everything. */
export const userName = 'administrator';

/** The office has been filled by programs; now its administrator gets a password. */
async function admit(store: Store, id: string, displayName: string): Promise<void> {
  await store.call('users_update', {
    actor: id,
    writeId: 'password-0000000',
    id,
    version: 1,
    fields: { userName, displayName, role: 'administrator', seesAllClients: true, active: true },
    userNameKey: userName,
    nameKey: fold(displayName),
    secret: await hashPassword(password),
  });
}

/** Fills a folder with an office of so many meetings, the same ones every time; one that is there is taken as it is. */
export async function makeOffice(folder: string, size: number): Promise<BenchOffice> {
  const office = generate(size);
  const made = path.join(folder, 'made');
  if (existsSync(made)) return office;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const options = { ...engineOptions(path.join(folder, 'data')), maxMemoryBytes: os.totalmem() / 2 };
  const opened = await openStore({ ...options, luaFolder });
  try {
    const { users } = await load(opened.store, office);
    await admit(opened.store, users[0] ?? '', office.users[0] ?? '');
  } finally {
    await opened.close();
  }
  writeFileSync(made, '');
  return office;
}
