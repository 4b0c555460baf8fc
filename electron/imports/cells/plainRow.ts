import type { MeetingFields } from '../../contract/meetings.ts';

type Candidate = Omit<MeetingFields, 'clientId' | 'ownerId'> & {
  clientId: string;
  ownerId: string | null;
  externalId: string | null;
};

/** Anything but letters, signs, spaces, tabs and line breaks that every text may hold. */
const unusual = /[^\t\n\x20-\x7e\xa0-\ud7ff]/;
const isoLength = '2026-11-21T09:30:00.000Z'.length;

const isPlainLine = (text: string, max: number): boolean =>
  text.length > 0 &&
  text.length <= max &&
  !unusual.test(text) &&
  !text.includes('\n') &&
  text.trim().length === text.length;

/**
 * Whether the contract surely takes the row as it is. Most rows hold nothing that could be refused, and putting each
 * before the contract takes longer than everything else that is done with it.
 */
export function isPlainRow({
  clientId,
  ownerId,
  title,
  details,
  tags,
  start,
  durationMinutes,
  externalId,
}: Candidate): boolean {
  return (
    isPlainLine(clientId, 200) &&
    (ownerId === null || isPlainLine(ownerId, 100)) &&
    (externalId === null || isPlainLine(externalId, 200)) &&
    isPlainLine(title, 300) &&
    details.length <= 20_000 &&
    !unusual.test(details) &&
    tags.length <= 20 &&
    tags.every((tag, at) => isPlainLine(tag, 60) && tags.indexOf(tag) === at) &&
    (!('at' in start) || start.at.length === isoLength) &&
    (durationMinutes === null ||
      (Number.isInteger(durationMinutes) && durationMinutes >= 0 && durationMinutes <= 10_080))
  );
}
