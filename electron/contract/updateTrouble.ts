import { z } from 'zod';

/** Why nothing of an updates folder is offered or installed. Each is one sentence; nothing was done. */
export const updateTroubleReasons = [
  'missing',
  'unreadable',
  'slow',
  'otherSystem',
  'link',
  'noList',
  'badList',
  'unlisted',
  'unsigned',
  'badSignature',
  'checksum',
  'noRoom',
  'notCopied',
  'changed',
  'noBackup',
  'noRoomForBackup',
] as const;
export type UpdateTroubleReason = (typeof updateTroubleReasons)[number];

export const updateTrouble = z.object({
  reason: z.enum(updateTroubleReasons),
  /** Name of the file concerned, without its folder; empty when it is the folder itself. */
  file: z.string(),
});
export type UpdateTrouble = z.infer<typeof updateTrouble>;

type Sentence = string | ((file: string) => string);

const sentences: { readonly [reason in UpdateTroubleReason]: Sentence } = {
  missing: 'The updates folder cannot be found. It may lie on a computer or drive that is not connected.',
  unreadable: 'The updates folder cannot be read.',
  slow: 'The updates folder did not answer in time.',
  otherSystem: (file) =>
    `${file} is newer, but it is for another kind of computer or installation than this one.`,
  link: (file) => `${file} is a link. Only files that lie in the folder themselves are taken.`,
  noList: (file) => `${file} is newer, but the checksums (SHA256SUMS) that belong to it are missing.`,
  badList: (file) => `The checksums in ${file} cannot be read or contradict each other.`,
  unlisted: (file) => `${file} is newer, but the checksums do not mention it.`,
  unsigned: (file) => `The checksums in ${file} are not signed by those who make Daybook.`,
  badSignature: (file) =>
    `The signature of ${file} is wrong. These packages are not from those who make Daybook.`,
  checksum: (file) =>
    `${file} does not match its checksum: it is damaged, changed, or still being copied into the folder.`,
  noRoom: (file) => `There is no room on this computer to copy ${file}.`,
  notCopied: (file) => `${file} could not be copied to this computer.`,
  changed:
    'What was offered is no longer the newest package that was checked. Look again before you install it.',
  noBackup: 'The office could not be backed up, so nothing was installed.',
  noRoomForBackup: 'There is no room to back up the office, so nothing was installed.',
};

/** One sentence for the administrator. */
export function updateTroubleSentence({ reason, file }: UpdateTrouble): string {
  const sentence = sentences[reason];
  return typeof sentence === 'string' ? sentence : sentence(file);
}

/** As the detail of a failure: the reason, then the file. */
export const updateTroubleDetail = ({ reason, file }: UpdateTrouble): string => `${reason} ${file}`.trim();

/** The reverse; null for anything else. */
export function updateTroubleOf(detail: string): UpdateTrouble | null {
  const [word = '', ...rest] = detail.split(' ');
  const reason = updateTroubleReasons.find((known) => known === word);
  return reason ? { reason, file: rest.join(' ') } : null;
}
