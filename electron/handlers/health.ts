import { rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { clients as clientsContract } from '../contract/clients.ts';
import { Failure } from '../contract/failure.ts';
import type { OfficeHealth } from '../contract/health.ts';
import { meetings as meetingsContract } from '../contract/meetings.ts';
import { diagnosticBundle } from '../health/bundle.ts';
import { bytesIn, engineFigures, newestBackup } from '../health/figures.ts';
import { fileSystemOf } from '../places/mounts.ts';
import { clientsHandlers } from './clients.ts';
import type { Context, HandlersOf } from './context.ts';
import { meetingsHandlers } from './meetings.ts';
import type { Services } from './services.ts';

/** Is replaced whole, and readable for nobody else. @throws Failure INVALID_INPUT */
async function write(file: string, content: object): Promise<void> {
  const unfinished = `${file}.part`;
  try {
    await writeFile(unfinished, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true });
    await rename(unfinished, file);
  } catch {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw new Failure('INVALID_INPUT', 'The bundle could not be written to this file');
  }
}

/** What everybody here is called, and where. */
const namesHere = (folder: string, office: string, person: string, userName: string): string[] => [
  ...[folder, path.basename(folder), os.homedir(), os.hostname(), os.userInfo().username],
  ...[office, person, userName],
];

export const healthHandlers = ({
  office,
  sessions,
  appVersion,
  lastCheck,
  showFolder,
  chooseBundleFile,
}: Services): HandlersOf<'health'> => {
  async function healthNow(info: string, context: Context): Promise<OfficeHealth> {
    const [{ total: meetings }, { total: clients }, data, journal, lastBackup] = await Promise.all([
      meetingsHandlers.filter(meetingsContract.filter.input.parse({ limit: 1 }), context),
      clientsHandlers.list(clientsContract.list.input.parse({ limit: 1 }), context),
      bytesIn(path.join(office.folder, 'data')),
      bytesIn(path.join(office.folder, 'journal')),
      newestBackup(path.join(office.folder, 'backups')),
    ]);
    const { freeBytes, volume } = office.space();
    return {
      ...engineFigures(info),
      ...{ meetings, clients, freeBytes, volume, lastBackup },
      dataBytes: data + journal,
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

    async saveBundle(_input, context) {
      const file = await chooseBundleFile(context.windowId);
      if (file === null) return { saved: false };
      const { info, lines } = await office.engineReport();
      const state = office.state();
      const user = sessions.userAt(context.windowId);
      const name = state.state === 'open' ? state.name : '';
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
