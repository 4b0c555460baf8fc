import type { Audience } from './audience.ts';
import { nouns } from './contract/journal.ts';
import type { ImportServices } from './handlers/imports.ts';
import type { JournalArchive } from './handlers/journal.ts';
import type { Services } from './handlers/services.ts';
import type { Discarder } from './imports/discarder.ts';
import { journalArchive } from './journal/archive.ts';
import { journalFolder } from './journal/segments.ts';
import { noteCheck, readLastCheck } from './office/lastCheck.ts';
import { createThrottle } from './session/throttle.ts';

/** What services are made of; the rest is handed on as it is. */
interface Parts extends Pick<
  Services,
  'office' | 'offices' | 'sessions' | 'backups' | 'updates' | 'onWritten' | 'appVersion' | 'log'
> {
  readonly audience: Audience;
  readonly discarder: Discarder;
  /** The built `reader.worker` of imports. */
  readonly readerFile: string | URL;
}

/** What handlers need of the program, for the window that asks. */
export const handlerServices = ({ audience, discarder, readerFile, ...parts }: Parts): Services => ({
  ...parts,
  throttle: createThrottle(),
  // Files hold entries just as the store gave them away, proved by their digests.
  archive: journalArchive(() => journalFolder(parts.office.folder)) as unknown as JournalArchive,
  imports: importServices({ audience, discarder, readerFile, ...parts }),
  isImporting: () => discarder.isImporting(),
  chooseFolder: (windowId, use) => audience.chooseFolder(windowId, use),
  chooseBackup: (windowId) => audience.chooseBackup(windowId),
  chooseBundleFile: (windowId) => audience.chooseBundleFile(windowId),
  showFolder: (folder) => audience.showFolder(folder),
  exportProgress: (windowId, progress) => audience.send(windowId, 'exportProgress', progress),
  ...checkServices(audience, parts),
});

/** After a repair every list asks again, as if all of the office had been written. */
const checkServices = (
  audience: Audience,
  { office, log }: Pick<Parts, 'office' | 'log'>,
): Pick<Services, 'checkProgress' | 'onRepaired' | 'noteCheck' | 'lastCheck'> => ({
  noteCheck(report) {
    if (!office.isReadOnlyCopy) noteCheck(office.folder, report, log);
  },
  lastCheck: () => readLastCheck(office.folder, log),
  checkProgress: (windowId, progress) => audience.send(windowId, 'checkProgress', progress),
  async onRepaired() {
    const { last } = (await office.store().call('journal_head', {})) as { last: number };
    audience.broadcast('changed', { entry: last, nouns: [...nouns] });
  },
});

const importServices = ({
  audience,
  discarder,
  readerFile,
  office,
  onWritten,
  log,
}: Parts): ImportServices => ({
  chooseFile: (windowId) => audience.chooseFile(windowId),
  chooseReportFile: (windowId) => audience.chooseReportFile(windowId),
  progress: (windowId, payload) => {
    discarder.hear(payload);
    audience.send(windowId, 'importProgress', payload);
    if (payload.state === 'done') onWritten();
  },
  readerFile,
  isDiskFull: () => office.isDiskFull(),
  log,
});
