import { dialog, shell, type BrowserWindow } from 'electron';
import type { FolderUse } from './handlers/services.ts';

// The system's dialogs; each answers null when the person closed it.

export async function chooseFile(window: BrowserWindow | null): Promise<string | null> {
  if (!window) return null;
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: 'Import meetings',
    properties: ['openFile'],
    filters: [
      { name: 'Tables', extensions: ['csv', 'tsv', 'txt', 'xlsx', 'xlsm'] },
      { name: 'All files', extensions: ['*'] },
    ],
  });
  return filePaths[0] ?? null;
}

export async function chooseReportFile(window: BrowserWindow | null): Promise<string | null> {
  if (!window) return null;
  const { filePath } = await dialog.showSaveDialog(window, {
    title: 'Export the report',
    defaultPath: 'import report.csv',
    filters: [{ name: 'CSV', extensions: ['csv'] }],
  });
  return filePath === '' ? null : filePath;
}

export async function chooseBackup(window: BrowserWindow | null): Promise<string | null> {
  if (!window) return null;
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: 'Restore a backup',
    properties: ['openFile'],
    filters: [
      { name: 'Backups of Daybook', extensions: ['daybook-backup'] },
      { name: 'All files', extensions: ['*'] },
    ],
  });
  return filePaths[0] ?? null;
}

export async function chooseBundleFile(window: BrowserWindow | null): Promise<string | null> {
  if (!window) return null;
  const { filePath } = await dialog.showSaveDialog(window, {
    title: 'Save a diagnostic bundle',
    defaultPath: 'daybook diagnostics.json',
    filters: [{ name: 'JSON', extensions: ['json'] }],
  });
  return filePath === '' ? null : filePath;
}

/** Where nothing can show folders, nothing happens. */
export async function showFolder(folder: string): Promise<void> {
  await shell.openPath(folder);
}

const folderTitles: Readonly<Record<FolderUse, string>> = {
  office: 'Open an office',
  backups: 'Folder for backups',
  updates: 'Folder with newer packages of Daybook',
  export: 'Folder for the export',
};

export async function chooseFolder(window: BrowserWindow | null, use: FolderUse): Promise<string | null> {
  if (!window) return null;
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: folderTitles[use],
    properties: ['openDirectory', 'createDirectory'],
  });
  return filePaths[0] ?? null;
}
