import { readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What the programs call the folder they synchronise, when nobody names it otherwise. */
const names: readonly (readonly [RegExp, string])[] = [
  [/^OneDrive( - .+)?$/i, 'OneDrive'],
  [/^Dropbox( \(.+\))?$/i, 'Dropbox'],
  [/^(Google ?Drive|GoogleDrive-.+)$/i, 'Google Drive'],
  [/^(iCloud ?Drive|com~apple~CloudDocs|Mobile Documents)$/i, 'iCloud'],
  [/^Nextcloud\d*$/i, 'Nextcloud'],
  [/^ownCloud( - .+)?$/i, 'ownCloud'],
  [/^pCloud ?Drive$/i, 'pCloud'],
  [/^(MEGA|MEGAsync)$/, 'MEGA'],
  [/^Box Sync$/i, 'Box'],
  [/^(Proton ?Drive|ProtonDrive-.+)$/i, 'Proton Drive'],
  [/^SynologyDrive$/i, 'Synology Drive'],
  [/^Seafile$/i, 'Seafile'],
];

/** What they leave at the top of it, whatever it is called. */
const markers: readonly (readonly [RegExp, string])[] = [
  [/^\.849C9593-D756-4E56-8D6E-42412F2A707B$/i, 'OneDrive'],
  [/^\.dropbox(\.cache)?$/, 'Dropbox'],
  [/^\.tmp\.drive(download|upload)$/, 'Google Drive'],
  [/^(\._?sync_[0-9a-f]+\.db|\.nextcloudsync\.log)$/, 'Nextcloud'],
  [/^(\.owncloudsync\.log|\.csync_journal\.db)$/, 'ownCloud'],
  [/^\.SynologyWorkingDirectory$/, 'Synology Drive'],
  [/^\.stfolder$/, 'Syncthing'],
];

const programNamed = (known: readonly (readonly [RegExp, string])[], name: string): string | undefined =>
  known.find(([pattern]) => pattern.test(name))?.[1];

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** OneDrive names its folders in the environment of Windows. */
const fromEnvironment = (env: NodeJS.ProcessEnv): [folder: string, program: string][] =>
  ['OneDrive', 'OneDriveConsumer', 'OneDriveCommercial'].flatMap((name) => {
    const folder = env[name];
    return folder ? [[path.resolve(folder), 'OneDrive'] as [string, string]] : [];
  });

/** Folders above which nobody synchronises: looking at what lies in them tells nothing. */
const upFrom = (folder: string): string[] => {
  const above = path.dirname(folder);
  return above === folder ? [] : [folder, ...upFrom(above)];
};

/** macOS keeps what file providers synchronise in one place. */
const isCloudStorage = (folder: string): boolean =>
  path.basename(folder) === 'CloudStorage' && path.basename(path.dirname(folder)) === 'Library';

/**
 * The cloud program that synchronises a folder, by well-known names of folders, by what such programs leave in them, and
 * by the environment; null when none is known to.
 * @param folder a whole path; it need not exist
 */
export function synchronisedBy(folder: string, env: NodeJS.ProcessEnv = process.env): string | null {
  const known = new Map(fromEnvironment(env));
  const home = path.resolve(os.homedir());
  for (const each of upFrom(folder)) {
    const found =
      known.get(each) ??
      programNamed(names, path.basename(each)) ??
      (isCloudStorage(each) ? 'a cloud program' : undefined) ??
      // In a home folder the same names are settings: `.dropbox` is where the program lives.
      (each === home
        ? undefined
        : entries(each)
            .map((name) => programNamed(markers, name))
            .find(Boolean));
    if (found !== undefined) return found;
  }
  return null;
}
