import type { FailureCode } from './failure.ts';
import { updateTroubleOf, updateTroubleSentence } from './updateTrouble.ts';

/** Words for what a failure's detail names; a detail that is not listed is not repeated to the person. */
const nouns: Readonly<Record<string, string>> = {
  meeting: 'meeting',
  client: 'client',
  user: 'user',
  owner: 'owner',
  entry: 'journal entry',
  import: 'import',
  template: 'template',
  file: 'file',
  folder: 'folder',
  office: 'office',
  userName: 'user name',
};

const nounOf = (detail: string): string | undefined => nouns[detail.split(/[\s:]/, 1)[0] ?? ''];

const notFound = (detail: string): string => {
  const noun = nounOf(detail);
  return noun ? `This ${noun} does not exist, or no longer does.` : 'This does not exist, or no longer does.';
};

const waitSentence = (detail: string): string => {
  const seconds = Number.parseInt(detail, 10);
  if (!Number.isFinite(seconds) || seconds <= 1) return 'Too many attempts. Wait a moment and try again.';
  if (seconds < 90) return `Too many attempts. Wait ${String(seconds)} seconds and try again.`;
  return `Too many attempts. Wait ${String(Math.ceil(seconds / 60))} minutes and try again.`;
};

/** The detail of INVALID_INPUT made in Node is a sentence already (see `inputProblem`); from Lua it is one word. */
const invalidSentence = (detail: string): string => {
  const isSentence = /^[A-Z][a-z]* [^\n]{1,300}$/.test(detail);
  if (isSentence) return detail.endsWith('.') ? detail : `${detail}.`;
  const noun = nounOf(detail);
  return noun ? `The ${noun} is not valid.` : 'Something in this request is not valid.';
};

/** Conflicts that are no change by somebody else. */
const conflicts: Readonly<Record<string, string>> = {
  office: 'There is an office here already.',
  import: 'Another import is running. Wait until it is done.',
  finishing: 'It is too late to cancel: the meetings are in. The import can be undone instead.',
  demo: 'The demo office leaves no trace on this computer, so updates are not set up in it.',
  demoBackups: 'The demo office goes away with the program, so it is not backed up.',
  export: 'An export is going on at the moment.',
  backup: 'A backup is being made or restored at the moment.',
  copy: 'This office cannot be opened as a copy at the moment.',
  locked: 'Another program has this office open. Close it there first.',
  installing: 'An update is being installed at the moment.',
  undone: 'This was undone already.',
  templates: 'There are a hundred templates already. Delete one that nobody needs.',
  used: 'This user owns meetings, sees clients or was changed since. Make the user inactive instead.',
  touched: 'Something of this import was changed since, so it cannot be undone as a whole.',
  client: 'The client of this meeting is no longer there, so this cannot be undone.',
  owner: 'The owner of this meeting is no longer a user, and somebody else has that user name now.',
};

/** Why a backup was not made or not restored; the office stays as it is each time. */
const backupTroubles: Readonly<Record<string, string>> = {
  damaged: 'This backup is damaged: it is not what was written. Nothing was changed.',
  newer: 'This backup was made by a newer version of Daybook. Nothing was changed.',
  older: 'This backup is of a version of Daybook from before the first release. Nothing was changed.',
  notOurs: 'This file is no backup of Daybook. Nothing was changed.',
  unreadable: 'This file cannot be read. Nothing was changed.',
  missing: 'This backup is no longer there. Nothing was changed.',
  pending:
    'A backup that was restored before waits to take the place of this office. Close this and try again first. Nothing was changed.',
  otherOffice:
    'This backup is of another office. Restore it as a file from elsewhere: it becomes an office of its own. Nothing was changed.',
  settings:
    'The settings of backups were damaged, so nothing is backed up until an administrator says in Backups… whether backups are encrypted.',
  noRoom: 'There is not enough room for a backup.',
  noRoomToRestore: 'There is not enough room to restore this backup. Nothing was changed.',
  notRestored: 'This backup could not be restored. Nothing was changed. The log file says more.',
  gone: 'The folder for backups cannot be reached. Is its drive still there?',
  folder: 'The folder for backups cannot be written to.',
  inOffice: 'This folder belongs to an office of Daybook. Choose another one for backups.',
  failed: 'The backup could not be made, and nothing of it was left. The log file says more.',
};

/** Why there is no export; nothing of it stays each time. */
const exportTroubles: Readonly<Record<string, string>> = {
  folder: 'Nothing can be written to this folder. Choose another one.',
  inOffice: 'This folder belongs to an office of Daybook. Choose another one.',
  noRoom: 'There is not enough room for the export in this folder. Nothing of it was left.',
  gone: 'The folder could not be written to any more. Is the drive still there?',
  journal: 'A part of the journal is not what was written. Export without it.',
  failed: 'The export could not be written. The log file says more.',
};

/** What there is no room in. */
const storeFull: Readonly<Record<string, string>> = {
  disk: 'The drive of this office is full, so nothing can be saved until some space is free. Nothing was changed.',
  copy: 'There is not enough room on this computer for a copy of the data. Nothing was changed.',
  memory:
    'The memory that Daybook may use on this computer is used up, so nothing can be added or changed. Reading, deleting and undoing go on: undo an import that is not needed, or open the office on a computer with more memory. Nothing was changed.',
};

const sentences: { readonly [code in FailureCode]: string | ((detail: string) => string) } = {
  NOT_FOUND: notFound,
  INVALID_INPUT: invalidSentence,
  NOT_ALLOWED: (detail) =>
    detail === 'copy' ? 'This is a copy to read, so nothing can be saved.' : 'Your role does not allow this.',
  CONFLICT: (detail) =>
    conflicts[detail] ?? 'This was changed meanwhile. Look at it again before you change it.',
  DUPLICATE: (detail) => `This ${nounOf(detail) ?? 'name'} is taken already.`,
  SIGNED_OUT: 'Sign in first.',
  WRONG_PASSWORD: (detail) =>
    detail === 'password' ? 'The password is wrong.' : 'The user name or the password is wrong.',
  WRONG_RECOVERY_CODE: 'The user name or the recovery code is wrong.',
  TOO_MANY_ATTEMPTS: waitSentence,
  NO_OFFICE: (detail) =>
    detail === 'folder'
      ? 'There is no office of Daybook in this folder.'
      : detail === 'missing'
        ? 'The folder of this office cannot be found. Nothing was changed.'
        : detail === 'copy'
          ? 'What is left of this office cannot be read. Nothing was changed.'
          : 'There is no office here yet.',
  NO_UPDATE: (detail) => {
    const trouble = updateTroubleOf(detail);
    return trouble ? updateTroubleSentence(trouble) : 'There is no update to install.';
  },
  NO_BACKUP: (detail) => backupTroubles[detail] ?? 'There is no backup.',
  NO_EXPORT: (detail) => exportTroubles[detail] ?? 'There is no export.',
  WRONG_PASSPHRASE: (detail) =>
    detail === 'needed'
      ? 'This backup is encrypted. Its passphrase is needed.'
      : 'The passphrase is not the one of this backup. Nothing was changed.',
  STORE_UNAVAILABLE: (detail) =>
    detail === 'settings'
      ? 'The settings of Daybook on this computer cannot be read at the moment. Nothing was changed; try again.'
      : 'The data cannot be reached at the moment. Nothing was changed.',
  STORE_FULL: (detail) => storeFull[detail] ?? 'There is no room left to save this. Nothing was changed.',
  UNKNOWN_OUTCOME: 'It is not certain whether this was saved. Try again: it will not be done twice.',
  TOO_COSTLY: 'This question takes too long to answer. Narrow it down.',
  CANCELLED: 'This was cancelled. Nothing was changed.',
  INTERNAL: 'Something went wrong inside Daybook. The log file says more.',
};

/**
 * One sentence for the person who asked.
 * @param detail names a noun (`meeting`), seconds to wait (TOO_MANY_ATTEMPTS) or what is wrong (INVALID_INPUT)
 */
export function failureSentence(code: FailureCode, detail: string): string {
  const sentence = sentences[code];
  return typeof sentence === 'string' ? sentence : sentence(detail);
}
