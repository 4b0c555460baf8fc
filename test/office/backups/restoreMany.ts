import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BackupFacts } from '../../../electron/contract/backups.ts';
import type { PassphraseKey } from '../../../electron/office/backups/passphrase.ts';
import { unpackProved } from '../../../electron/office/backups/proof.ts';
import { digestOfEngine } from '../../../electron/office/backups/snapshot.ts';
import { startEngine } from '../../../electron/redis/engine.ts';
import { newBackend, newOffice, type TestBackend } from '../../support/backend.ts';
import { engineOptions, newFolder } from '../../support/engine.ts';

/** Between two writes, so that an office that is backed up many times does not grow faster than it is backed up. */
const paceMs = 20;

/** Writes clients one after the other until it is told to stop. */
function writing(backend: TestBackend): { stop: () => Promise<number> } {
  let isOver = false;
  let written = 0;
  const run = (async () => {
    for (; !isOver; written += 1) {
      const fields = { name: `Client ${crypto.randomUUID()}` };
      await backend.ask(1, 'clients.create', { writeId: crypto.randomUUID(), fields });
      await pause(paceMs);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await run;
      return written;
    },
  };
}

/**
 * Backs an office up while somebody writes, half of the times with a passphrase, and restores each backup to a folder of
 * its own.
 * @returns how many had the digest that the office had at the moment of its backup, and how much was written meanwhile
 */
export async function restoreMany(times: number): Promise<{ equal: number; written: number }> {
  const settingsFolder = newFolder();
  const backend = newBackend({ settingsFolder });
  let equal = 0;
  let written = 0;
  try {
    const folder = await newOffice(backend);
    const keyNow = (): PassphraseKey | null => {
      const text = readFileSync(path.join(settingsFolder, 'backups.json'), 'utf8');
      const { offices } = JSON.parse(text) as { offices: Record<string, { key: PassphraseKey | null }> };
      return offices[folder]?.key ?? null;
    };
    for (let at = 0; at < times; at += 1) {
      if (at === Math.floor(times / 2))
        await backend.ask(1, 'backups.setPassphrase', { passphrase: 'eight or more' });
      const writer = writing(backend);
      const { backup }: { backup: BackupFacts } = await backend.ask(1, 'backups.create');
      written += await writer.stop();
      const target = newFolder();
      const file = path.join(folder, 'backups', backup.file);
      const key = backup.isEncrypted ? keyNow() : null;
      const { digest } = await unpackProved(file, key, target, engineOptions(''));
      const engine = await startEngine(engineOptions(path.join(target, 'data')));
      if ((await digestOfEngine(engine.endpoint).finally(() => engine.stop())) === digest) equal += 1;
      await rm(target, { recursive: true });
      await rm(file);
    }
  } finally {
    await backend.close();
  }
  return { equal, written };
}
