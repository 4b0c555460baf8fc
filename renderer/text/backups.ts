import { numberText } from '../format.ts';

const reasons: Readonly<Record<string, string>> = { daily: 'Daily', 'by-hand': 'By hand' };
const counted = (count: number, one: string): string =>
  `${numberText(count)} ${count === 1 ? one : `${one}s`}`;

export const backups = {
  title: 'Backups',
  intro:
    'Daybook backs this office up once a day and before each update. A backup counts only after it was restored to a folder of its own and found to be equal.',
  notOpen: 'The office does not open. A backup brings it back as it was.',
  noOffice: 'No office is open. A backup from elsewhere becomes an office of its own on this computer.',
  table: 'Backups of this office',
  none: 'There is no backup of this office in this folder yet.',
  unreachable:
    'The folder for backups cannot be reached at the moment. Connect its drive, or choose another folder; until then nothing is backed up.',
  others: (count: number): string =>
    count === 1
      ? 'A backup of another office lies in this folder, too. “Restore a file from elsewhere…” brings it back as an office of its own.'
      : `${numberText(count)} backups of other offices lie in this folder, too. “Restore a file from elsewhere…” brings one back as an office of its own.`,
  columns: { made: 'Made', reason: 'Why', version: 'Version', size: 'Size', state: 'State' },
  reason: (reason: string): string =>
    reasons[reason] ?? (reason.startsWith('before-') ? `Before ${reason.slice('before-'.length)}` : reason),
  verified: 'Verified',
  damaged: 'Damaged',
  encrypted: 'encrypted',
  journalDamaged: 'older journal damaged',
  journalHint:
    'Older parts of the journal are not as Daybook sealed them, and they are the same in a backup. Everything else in it is proved.',
  create: 'Back up now',
  making: 'Backing up and comparing… People can work meanwhile.',
  made: (size: string): string => `Backed up and verified (${size}).`,
  restore: 'Restore…',
  restoreOf: (moment: string): string => `Restore the backup of ${moment}`,
  restoring: 'Restoring and comparing…',
  restored: (moment: string): string =>
    `The office is as it was on ${moment}. Sign in with the password of that time.`,
  fromFile: 'Restore a file from elsewhere…',
  exportHint: 'Only Daybook reads backups. Files that anybody can read come with an export.',
  export: 'Export…',
  folder: 'Folder',
  otherFolder: 'Another folder…',
  lost: 'The settings of backups on this computer were damaged and set aside, so it is no longer known where the backups of this office lie and whether they are encrypted. Nothing is backed up until you say so: set a passphrase, or go on without. If they lay in another folder, choose it, too.',
  lostNotOpen:
    'The settings of backups on this computer were damaged and set aside. If backups of this office lie in another folder, “Restore a file from elsewhere…” finds them.',
  notice: {
    label: 'Nothing is backed up',
    sentence: 'Nothing is backed up: the settings of backups were damaged.',
    daily: (why: string): string => `No daily backup was made. ${why}`,
    open: 'Backups…',
  },
  goOnWithout: 'Go on without a passphrase',
  notKnown: 'No longer known.',
  passphrase: 'Passphrase',
  hasPassphrase: 'Backups are encrypted.',
  hasNone: 'Backups are not encrypted: whoever has the file can read it.',
  setPassphrase: 'Set a passphrase…',
  changePassphrase: 'Change it…',
  clearPassphrase: 'Encrypt no more',
  confirm: {
    title: (moment: string): string => `Restore the backup of ${moment}?`,
    counts: (meetings: number, clients: number): string =>
      `It holds ${counted(meetings, 'meeting')} and ${counted(clients, 'client')}.`,
    place:
      'The office becomes as it was then, and everybody is signed out. What it holds now is moved into the folder “kept” beside it; nothing is deleted.',
    beside: (office: string): string =>
      `“${office}” becomes an office of its own on this computer. No other office is touched.`,
    yes: 'Restore',
    no: 'Not now',
    passphrase: 'Passphrase of this backup',
    ownHint: 'Leave it empty for a backup made on this computer with the passphrase it has now.',
  },
  newPassphrase: {
    title: 'Passphrase for backups',
    hint: 'At least eight characters. It is kept nowhere: without it nobody can open these backups on another computer.',
    label: 'New passphrase',
    again: 'New passphrase again',
    tooShort: 'At least eight characters.',
    differ: 'The two are not the same.',
    save: 'Encrypt backups',
    cancel: 'Cancel',
  },
} as const;
