import type { Events } from './contract/index.ts';
import type { FolderUse } from './handlers/services.ts';

/** The windows, as far as the backend needs them: it knows them by number only. */
export interface Audience {
  send<E extends keyof Events>(windowId: number, event: E, payload: Events[E]): void;
  broadcast<E extends keyof Events>(event: E, payload: Events[E]): void;
  /** Asks for a file with the system's dialog; null when the person closed it. */
  chooseFile(windowId: number): Promise<string | null>;
  /** The same for a file to write an import's report to. */
  chooseReportFile(windowId: number): Promise<string | null>;
  /** The same for a backup. */
  chooseBackup(windowId: number): Promise<string | null>;
  /** The same for a file to write a diagnostic bundle to. */
  chooseBundleFile(windowId: number): Promise<string | null>;
  /** Shows a folder with what the system has for that. */
  showFolder(folder: string): Promise<void>;
  /** The same for a folder. */
  chooseFolder(windowId: number, use: FolderUse): Promise<string | null>;
}
