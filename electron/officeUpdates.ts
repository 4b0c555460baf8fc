import type { Log } from './log.ts';
import { NoRoomForBackup } from './office/backups/makeBackup.ts';
import type { OfficeBackups } from './office/backups/officeBackups.ts';
import type { Installer } from './updates/installer.ts';
import { checksumLists, installationOf } from './updates/installation.ts';
import { createLookout, type LookProcess } from './updates/lookout.ts';
import { LookTrouble } from './updates/lookTrouble.ts';
import { createUpdates, type Updates } from './updates/updates.ts';

/** What updates need of the program around them. */
export interface UpdateParts {
  /** Ed25519 as SPKI in DER in Base64; empty when the program was built without one. */
  readonly publicKey: string;
  /** Starts the process that looks into the updates folder. */
  readonly startLook: () => LookProcess;
  readonly installer: Installer;
  /** How long an updates folder may say nothing; for tests. */
  readonly patienceMs?: number;
}

interface Composition {
  readonly parts: UpdateParts;
  readonly settingsFolder: string;
  readonly appVersion: string;
  readonly backups: OfficeBackups;
  readonly tellAdministrators: () => void;
  readonly log: Log;
}

/** Backs up whatever office is open; what goes wrong is told in a sentence about updates. */
async function backUp({ backups, log }: Composition, version: string): Promise<string> {
  try {
    return await backups.backUp(`before-${version}`);
  } catch (error) {
    log.error('office could not be backed up', { why: String(error).slice(0, 300) });
    throw new LookTrouble(error instanceof NoRoomForBackup ? 'noRoomForBackup' : 'noBackup');
  }
}

/** Updates of this program on this computer, with the open office backed up before one is installed. */
export function officeUpdates(composition: Composition): Updates {
  const { parts, settingsFolder, appVersion, tellAdministrators, log } = composition;
  const { platform, arch, execPath, env } = process;
  return createUpdates({
    settingsFolder,
    here: installationOf({
      ...{ platform, arch, version: appVersion, executable: execPath, appImage: env['APPIMAGE'], root: '/' },
    }),
    lists: checksumLists({ platform, arch }),
    publicKey: parts.publicKey === '' ? null : parts.publicKey,
    lookout: createLookout(parts.startLook, parts.patienceMs),
    installer: parts.installer,
    backUp: (version) => backUp(composition, version),
    onChange: tellAdministrators,
    log,
  });
}
