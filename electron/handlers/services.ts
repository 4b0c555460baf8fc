import type { CheckProgress, CheckReport } from '../contract/check.ts';
import type { ExportProgress } from '../contract/export.ts';
import type { LastCheck } from '../contract/health.ts';
import type { Log } from '../log.ts';
import type { OfficeBackups } from '../office/backups/officeBackups.ts';
import type { OfficeChooser } from '../office/officeChooser.ts';
import type { OfficeHost } from '../office/officeHost.ts';
import type { Sessions } from '../session/sessions.ts';
import type { Throttle } from '../session/throttle.ts';
import type { Updates } from '../updates/updates.ts';
import type { ImportServices } from './imports.ts';
import type { JournalArchive } from './journal.ts';

/** What a folder is asked for. */
export type FolderUse = 'office' | 'updates' | 'backups' | 'export';

/** What handlers need of the program beside the store. */
export interface Services {
  readonly office: OfficeHost;
  readonly offices: OfficeChooser;
  readonly sessions: Sessions;
  readonly throttle: Throttle;
  readonly archive: JournalArchive;
  readonly imports: ImportServices;
  /** Asks for a folder with the system's dialog; null when the person closed it. */
  chooseFolder(windowId: number, use: FolderUse): Promise<string | null>;
  readonly updates: Updates;
  readonly backups: OfficeBackups;
  /** Asks for a backup with the system's dialog; null when the person closed it. */
  chooseBackup(windowId: number): Promise<string | null>;
  /** Whether an import is going on, which an update would end. */
  isImporting(): boolean;
  /** Tells a window how far the check is that it began. */
  checkProgress(windowId: number, progress: CheckProgress): void;
  /** Tells a window how far the export is that it began. */
  exportProgress(windowId: number, progress: ExportProgress): void;
  /** Something was put right that lists show; windows want to know. */
  onRepaired(): Promise<void>;
  readonly log: Log;
  /** Writes down what a check of the open office found. */
  noteCheck(report: CheckReport): void;
  /** What the last check of the open office found. */
  lastCheck(): LastCheck | null;
  /** Shows a folder with what the system has for that. */
  showFolder(folder: string): Promise<void>;
  /** Asks for a file to write a diagnostic bundle to; null when the person closed the dialog. */
  chooseBundleFile(windowId: number): Promise<string | null>;
  readonly appVersion: string;
  /** Something was written without a write id; windows want to know. */
  onWritten(): void;
}
