import type { Page } from 'playwright-core';
import type { Meeting, MeetingList } from '../../../electron/contract/meetings.ts';
import { ask } from './daybook.ts';

/** Every meeting the signed-in user sees, in the order asked for, so that plain lists can be counted instead of asked. */
export async function everyMeeting(
  page: Page,
  sort: MeetingList['sort'] = [{ by: 'start', direction: 'descending' }],
): Promise<Meeting[]> {
  const meetings: Meeting[] = [];
  let cursor: string | null | undefined;
  do {
    const answer = await ask(page, 'meetings', 'filter', {
      sort,
      limit: 500,
      ...(typeof cursor === 'string' && { cursor }),
    });
    meetings.push(...answer.rows);
    cursor = answer.cursor;
  } while (cursor !== null);
  return meetings;
}

export interface Ticked {
  readonly type?: readonly string[];
  readonly status?: readonly string[];
  readonly priority?: readonly string[];
  readonly owner?: readonly string[];
  readonly tag?: readonly string[];
  readonly client?: readonly string[];
}

const valuesOf = (meeting: Meeting, facet: keyof Ticked): readonly string[] => {
  if (facet === 'tag') return meeting.tags;
  if (facet === 'owner' || facet === 'client') return [meeting[facet].name];
  return [meeting[facet]];
};

const facets = ['type', 'status', 'priority', 'owner', 'tag', 'client'] as const;

/** The meetings that ticked boxes keep, by looking at each one; people and tags by the name on screen. */
export const keptBy = (ticked: Ticked, meetings: readonly Meeting[]): Meeting[] =>
  meetings.filter((meeting) =>
    facets.every((facet) => {
      const wanted = ticked[facet] ?? [];
      return wanted.length === 0 || valuesOf(meeting, facet).some((value) => wanted.includes(value));
    }),
  );

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** The meetings that have these letters in title, details or client name. */
export const containing = (letters: string, meetings: readonly Meeting[]): Meeting[] =>
  meetings.filter(({ title, details, client }) =>
    [title, details, client.name].some((text) => plain(text).includes(plain(letters))),
  );
