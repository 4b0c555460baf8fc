import type { ClientRow } from '../contract/clients.ts';
import type { Meeting } from '../contract/meetings.ts';
import type { Telling } from './tables.ts';
import { momentIn, startIn } from './wallText.ts';

/** Letters that mean something wherever they stand. */
const meaningful = /[\\`*_[\]<>~|]|&(?=#|\w+;)/g;
/** What makes a line something else than a paragraph when it stands at its beginning. */
const leading = /^(\s*)([#+=-]|\d+(?=[.)]))/;

/** One line of people's text, which stays what it is: no heading, list, link or HTML comes of it. */
export const markdownLine = (line: string): string =>
  line
    .replace(meaningful, '\\$&')
    .replace(leading, (_, blank: string, sign: string) =>
      /\d/.test(sign) ? `${blank}${sign}\u200b` : `${blank}\\${sign}`,
    );

/** A text of several lines; line breaks stay. */
export const markdownText = (text: string): string =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => markdownLine(line.trim()))
    .join('  \n')
    .replaceAll(/^ {2}$/gm, '');

const oneLine = (text: string): string => markdownLine(text.replace(/\s+/g, ' ').trim());

/** A client's facts, which stand at the head of its file. */
export function clientHead(client: ClientRow, { zone, nameOf }: Telling): string {
  const { name, kind, city, owner, notes, meetings, createdAt, createdBy, changedAt, changedBy } = client;
  const facts = [
    ['Kind', kind],
    ['City', city],
    ['Looked after by', owner?.name ?? ''],
    ['Created', `${momentIn(createdAt, zone)} by ${nameOf(createdBy)}`],
    ['Changed', `${momentIn(changedAt, zone)} by ${nameOf(changedBy)}`],
  ].filter(([, value]) => value !== '');
  const lines = facts.map(([what = '', value = '']) => `- ${what}: ${oneLine(value)}`);
  const written = notes === '' ? '' : `\n## Notes\n\n${markdownText(notes)}\n`;
  return `# ${oneLine(name)}\n\n${lines.join('\n')}\n${written}\n## Meetings (${String(meetings)})\n`;
}

/** A meeting in the file of its client. */
export function meetingPart(meeting: Meeting, { zone }: Telling): string {
  const { title, details, type, status, priority, owner, tags, start, durationMinutes } = meeting;
  const facts = [
    ...[type, status, `${priority} priority`, owner.name],
    ...(durationMinutes === null ? [] : [`${String(durationMinutes)} min`]),
    ...(tags.length === 0 ? [] : [`tags: ${tags.join(', ')}`]),
  ];
  const body = details === '' ? '' : `\n${markdownText(details)}\n`;
  return `\n### ${startIn(start, zone)} · ${oneLine(title)}\n\n${facts.map(oneLine).join(' · ')}\n${body}`;
}
