import type { Office } from './office.ts';
import type { Meeting } from './types.ts';
import { hasPart, wordText } from './words.ts';

const known = new WeakMap<Meeting, string>();
const namesKnown = new Map<string, string>();

/** The words of a title and its details; records are replaced, so what was cut once stays so. */
function ownText(meeting: Meeting): string {
  let text = known.get(meeting);
  if (text === undefined) known.set(meeting, (text = wordText(`${meeting.title}\n${meeting.details}`)));
  return text;
}

/** Names are asked for again with every meeting. */
export function textOfName(name: string): string {
  let found = namesKnown.get(name);
  if (found === undefined) namesKnown.set(name, (found = wordText(name)));
  return found;
}

/** Whether every word is a part of some word of title, details or client name. */
export function matches(office: Office, meeting: Meeting, lookedFor: readonly string[]): boolean {
  if (lookedFor.length === 0) return true;
  const [own, name] = [ownText(meeting), textOfName(office.clientName(meeting.clientId))];
  return lookedFor.every((part) => hasPart(own, part) || hasPart(name, part));
}

/** 2 where every word looked for stands whole, 1 where every one at least begins a word, else 0. */
export function relevance(office: Office, meeting: Meeting, lookedFor: readonly string[]): number {
  const texts = [ownText(meeting), textOfName(office.clientName(meeting.clientId))];
  const has = (wanted: string): boolean => texts.some((text) => text.includes(wanted));
  const levels = lookedFor.map((word) => (has(`\n${word}\n`) ? 2 : has(`\n${word}`) ? 1 : 0));
  return Math.min(2, ...levels);
}
