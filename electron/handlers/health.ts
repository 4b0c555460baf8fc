import { existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { clients as clientsContract } from '../contract/clients.ts';
import { Failure } from '../contract/failure.ts';
import type { OfficeHealth } from '../contract/health.ts';
import { meetings as meetingsContract } from '../contract/meetings.ts';
import { diagnosticBundle } from '../health/bundle.ts';
import { bytesIn, engineFigures } from '../health/figures.ts';
import { journalFolder } from '../journal/segments.ts';
import { isKnownState } from '../office/officeState.ts';
import type { OfficeBackups } from '../office/backups/officeBackups.ts';
import { fileSystemOf } from '../places/mounts.ts';
import { within } from '../places/within.ts';
import { clientsHandlers } from './clients.ts';
import type { Context, HandlersOf } from './context.ts';
import { meetingsHandlers } from './meetings.ts';
import type { Services } from './services.ts';

/** Is replaced whole, and readable for nobody else. @throws Failure INVALID_INPUT */
async function write(file: string, content: object): Promise<void> {
  const unfinished = `${file}.part`;
  try {
    await writeFile(unfinished, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
    await rename(unfinished, file);
  } catch {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw new Failure('INVALID_INPUT', 'The bundle could not be written to this file');
  }
}

/** A drive that does not answer is not waited for. */
const patienceMs = 3_000;

/** The last backup of the office, wherever its backups lie. */
async function backupFigures(
  backups: OfficeBackups,
): Promise<Pick<OfficeHealth, 'lastBackup' | 'backupsReachable'>> {
  try {
    const { own, isReachable } = await within(patienceMs, backups.list());
    const [last] = own;
    return {
      backupsReachable: isReachable,
      lastBackup: last ? { at: last.header.madeAt, bytes: last.bytes, isVerified: last.isWhole } : null,
    };
  } catch {
    return { lastBackup: null, backupsReachable: false };
  }
}

/** Where restores and upgrades put things aside, and where repairs do. */
const keptFolders = (folder: string): string[] => [
  path.join(folder, 'kept'),
  path.join(folder, 'data', 'kept'),
];

/** What everybody here is called, and where. */
const namesHere = (folder: string, office: string, person: string, userName: string): string[] => [
  ...[folder, path.basename(folder), os.homedir(), os.hostname(), os.userInfo().username],
  ...[office, person, userName],
];

export const healthHandlers = ({
  office,
  backups,
  sessions,
  appVersion,
  lastCheck,
  showFolder,
  chooseBundleFile,
}: Services): HandlersOf<'health'> => {
  async function healthNow(info: string, context: Context): Promise<OfficeHealth> {
    const [{ total: meetings }, { total: clients }, data, journal, aside, backup] = await Promise.all([
      meetingsHandlers.filter(meetingsContract.filter.input.parse({ limit: 1 }), context),
      clientsHandlers.list(clientsContract.list.input.parse({ limit: 1 }), context),
      bytesIn(path.join(office.folder, 'data')),
      bytesIn(journalFolder(office.folder)),
      Promise.all(keptFolders(office.folder).map(bytesIn)),
      backupFigures(backups),
    ]);
    const [beside = 0, inData = 0] = aside;
    const { freeBytes, volume } = office.space();
    return {
      ...engineFigures(info),
      ...backup,
      ...{ meetings, clients, freeBytes, volume },
      dataBytes: data + journal - inData,
      keptBytes: beside + inData,
      readOnly: office.isReadOnly() && !office.isReadOnlyCopy,
      lastCheck: lastCheck(),
    };
  }
  return {
    async status(_input, context) {
      return healthNow((await office.engineReport()).info, context);
    },

    async showFolder() {
      await showFolder(office.folder);
      return {};
    },

    async showKept() {
      const kept = keptFolders(office.folder).find((each) => existsSync(each));
      if (kept === undefined) throw new Failure('NOT_FOUND', 'folder');
      await showFolder(kept);
      return {};
    },

    async saveBundle(_input, context) {
      const file = await chooseBundleFile(context.windowId);
      if (file === null) return { saved: false };
      const { info, lines } = await office.engineReport();
      const state = office.state();
      const user = sessions.userAt(context.windowId);
      const name = isKnownState(state) ? state.name : '';
      const bundle = diagnosticBundle({
        ...{ appVersion, info, lines },
        health: await healthNow(info, context),
        fileSystem: await fileSystemOf(office.folder),
        names: namesHere(office.folder, name, user?.displayName ?? '', user?.userName ?? ''),
      });
      await write(file, bundle);
      return { saved: true };
    },
  };
};
