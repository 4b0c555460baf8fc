import type { UpdatesStatus } from '../../electron/contract/updates.ts';

export const updates = {
  title: 'Updates',
  off: 'Daybook looks nowhere for newer versions. Updates are off.',
  offHint:
    'If somebody in your office puts newer packages into a folder or onto a share of your network, Daybook can look there when it starts and once a day. It checks what it finds and asks you before anything is installed. Nothing is ever fetched from the internet.',
  computerHint: 'This is a setting of this computer, for every office on it.',
  choose: 'Choose a folder…',
  other: 'Another folder…',
  turnOff: 'Turn updates off',
  turnedOff: 'Updates are off. Daybook looks nowhere for newer versions.',
  check: 'Look now',
  folder: 'Folder',
  running: 'This version',
  lookedAt: 'Looked at',
  notYet: 'not yet',
  proof: 'Checked by',
  proofs: {
    signature: 'the signature of those who make Daybook, and the checksum',
    checksum:
      'the checksum only: it shows that a package is whole, not who made it. Let only people you trust write into the folder.',
  } satisfies Record<UpdatesStatus['proof'], string>,
  looking: 'Looking into the folder…',
  nothing: (version: string): string => `Nothing newer than Daybook ${version} lies in the folder.`,
  found: (version: string): string => `Daybook ${version} is in the updates folder`,
  foundHint: (file: string, size: string): string =>
    `${file} (${size}) was copied to this computer and checked.`,
  steps: 'What happens when you say yes',
  backUpStep: 'This office is backed up. Other offices on this computer are not.',
  installer: 'The system’s installer opens the package, and Daybook closes on this computer.',
  byHand: 'The package is shown in its folder, and you install it the way Daybook was installed.',
  later:
    'Nobody’s data are changed by that. If the installer does not open, start Daybook again: all is as it was.',
  install: 'Back up and install',
  show: 'Back up and show the package',
  installing: 'Backing up the office and checking the package once more…',
  opened: 'The installer opens now, and Daybook closes.',
  shown:
    'The office is backed up, and the package was checked. Close Daybook, then install the package from here:',
  package: 'Package',
  backup: 'Backup',
  backupHint: '“Backups…” in the File menu leads back to it.',
  notice: {
    label: 'Update',
    sentence: (version: string): string => `Daybook ${version} is in the updates folder.`,
    open: 'See what happens…',
    later: 'Later',
  },
} as const;
