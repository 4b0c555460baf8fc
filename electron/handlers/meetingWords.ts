import { words } from '../text/words.ts';

/** The words a meeting is found by. */
export const meetingWords = (meeting: { title: string; details: string }): string[] =>
  words(meeting.title, meeting.details);
