import { dialog, shell, type BrowserWindow, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import type { FolderUse } from './handlers/services.ts';

// The system's dialogs; each answers null when the person closed it.

async function openOne(window: BrowserWindow | null, options: OpenDialogOptions): Promise<string | null> {
  if (!window) return null;
  const { filePaths } = await dialog.showOpenDialog(window, options);
  return filePaths[0] ?? null;
}

async function saveAs(window: BrowserWindow | null, options: SaveDialogOptions): Promise<string | null> {
  if (!window) return null;
  const { filePath } = await dialog.showSaveDialog(window, options);
  return filePath === '' ? null : filePath;
}

const allFiles = { name: 'All files', extensions: ['*'] };

export const chooseFile = (window: BrowserWindow | null): Promise<string | null> =>
  openOne(window, {
    title: 'Import meetings',
    properties: ['openFile'],
    filters: [{ name: 'Tables', extensions: ['csv', 'tsv', 'txt', 'xlsx', 'xlsm'] }, allFiles],
  });

export const chooseReportFile = (window: BrowserWindow | null): Promise<string | null> =>
  saveAs(window, {
    title: 'Export the report',
    defaultPath: 'import report.csv',
    filters: [{ name: 'CSV', extensions: ['csv'] }],
  });

export const chooseBackup = (window: BrowserWindow | null): Promise<string | null> =>
  openOne(window, {
    title: 'Restore a backup',
    properties: ['openFile'],
    filters: [{ name: 'Backups of Daybook', extensions: ['daybook-backup'] }, allFiles],
  });

export const chooseBundleFile = (window: BrowserWindow | null): Promise<string | null> =>
  saveAs(window, {
    title: 'Save a diagnostic bundle',
    defaultPath: 'daybook diagnostics.json',
    filters: [{ name: 'JSON', extensions: ['json'] }],
  });

const folderTitles: Readonly<Record<FolderUse, string>> = {
  office: 'Open an office',
  backups: 'Folder for backups',
  updates: 'Folder with newer packages of Daybook',
  export: 'Folder for the export',
};

export const chooseFolder = (window: BrowserWindow | null, use: FolderUse): Promise<string | null> =>
  openOne(window, { title: folderTitles[use], properties: ['openDirectory', 'createDirectory'] });

/** Where nothing can show folders, nothing happens. */
export async function showFolder(folder: string): Promise<void> {
  await shell.openPath(folder);
}
