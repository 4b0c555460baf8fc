import { meetingFields, type Filed } from './fields.ts';
import {
  plausibleIds,
  postingsOf,
  rowsOf,
  staleOf,
  untilFresh,
  type Claimed,
  type ClaimReply,
} from './claims.ts';
import type { ClientTable } from './clients.ts';
import type { Looker } from './look.ts';
import { meetingOf, type CheckedMeeting } from './records.ts';
import type { Tally } from './tally.ts';

/** Rows of one call: some five milliseconds of the engine, two of this process. */
const perCall = 32;

/** Reads meetings and knows their clients. */
export class MeetingReader {
  readonly #looker: Looker;
  readonly clients: ClientTable;

  constructor(looker: Looker, clients: ClientTable) {
    this.#looker = looker;
    this.clients = clients;
  }

  /** What is claimed of rows; those that cannot be read are told and left out. */
  async claimed(rows: readonly number[], tellUnreadable: boolean): Promise<Claimed<Filed>[]> {
    const texts = await this.#looker.store.readRecords(rows);
    const claimed: Claimed<Filed>[] = [];
    for (const [at, text] of texts.entries()) {
      const number = rows[at]!;
      const meeting = text === null ? null : meetingOf(text);
      if (text === null || meeting?.deletedAt) {
        claimed.push({ number, text, clientSlot: -1, filed: null });
        continue;
      }
      const client = meeting && (await this.#clientOf(meeting));
      if (client) claimed.push({ number, text, clientSlot: client.slot, filed: { meeting, client } });
      else if (tellUnreadable)
        this.#looker.unreadable(`meeting ${String(number)}${meeting ? ' names no client' : ''}`);
    }
    return claimed;
  }

  digestsFor(claimed: readonly Claimed<Filed>[]): [number, string][] {
    return this.clients.digests(claimed.map(({ clientSlot }) => clientSlot).filter((slot) => slot >= 0));
  }

  /** A client that came since is looked for behind those that are known. */
  async #clientOf({ slot }: CheckedMeeting) {
    const known = this.clients.at(slot);
    if (known) return known.record;
    await this.clients.readOn();
    return this.clients.at(slot)?.record ?? null;
  }
}

interface Pass {
  readonly looker: Looker;
  readonly reader: MeetingReader;
  readonly tally: Tally;
  /** The first pass looks; others only count further words. */
  readonly isFirst: boolean;
}

/**
 * Looks at all meetings, some rows at a time, and counts what they must be found by.
 * @param count of rows
 * @param progress told how many rows are done
 * @returns how many meetings there are that are not deleted
 */
export async function checkMeetings(
  pass: Pass,
  count: number,
  progress: (rows: number) => void,
): Promise<number> {
  let before = '';
  let meetings = 0;
  for (let from = 0; from < count; from += perCall) {
    const rows = Array.from({ length: Math.min(perCall, count - from) }, (_, at) => from + at);
    if (pass.isFirst) before = await checkIds(pass.looker, rows, before, count);
    const { looker } = pass;
    await untilFresh(
      rows,
      async (some) => {
        const { stale, counted } = await checkRows(pass, some);
        meetings += counted;
        return stale;
      },
      (row) => looker.unreadable(`meeting ${String(row)}`),
    );
    progress(from + rows.length);
  }
  return meetings;
}

/** @returns the last id */
async function checkIds(
  looker: Looker,
  rows: readonly number[],
  before: string,
  count: number,
): Promise<string> {
  const from = rows[0]!;
  const next = from + rows.length;
  // One more, to tell whether the last one fits.
  const texts = await looker.store.readRecords(next < count ? [...rows, next] : rows);
  const ids = texts.map((text) => (text === null ? null : (meetingOf(text)?.id ?? null)));
  const fits = plausibleIds(ids, before).slice(0, rows.length);
  fits.forEach((isFit, at) => isFit || looker.unreadable(`meeting ${String(from + at)} has a wrong id`));
  const records = fits.map((isFit, at) => (isFit ? (ids[at] ?? '') : ''));
  await looker.look('ids', { noun: 'meetings', from, records, before });
  return records.findLast((id) => id !== '') ?? before;
}

async function checkRows(
  { looker, reader, tally, isFirst }: Pass,
  rows: readonly number[],
): Promise<{ stale: Map<number, string>; counted: number }> {
  const claimed = await reader.claimed(rows, isFirst);
  const postings = postingsOf(claimed, meetingFields);
  const request = { noun: 'meetings', rows: rowsOf(claimed), clients: reader.digestsFor(claimed) };
  const { stale, staleClients, hidden } = isFirst
    ? await looker.look<ClaimReply>('rows', { ...request, postings })
    : await looker.ask<ClaimReply>('strangers', { ...request, postings: [] });
  if (staleClients.length > 0) await reader.clients.read(staleClients);
  const out = new Set([...stale, ...hidden]);
  const isIn = claimed.map(({ number }) => !out.has(number));
  for (const [field, value, , places] of postings) {
    if (!tally.counts(field, value)) continue;
    for (const place of places) if (isIn[place]) tally.add(field, value);
  }
  const counted = claimed.filter(({ filed }, place) => filed !== null && isIn[place]).length;
  return { stale: staleOf(claimed, stale), counted };
} // prettier-ignore
