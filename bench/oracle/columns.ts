import type { BenchMeeting, BenchOffice } from '../generate.ts';
import { facetValues } from '../queries.ts';

const places = (values: readonly string[]): Map<string, number> =>
  new Map(values.map((value, at) => [value, at]));
const placeOf = {
  type: places(facetValues.type),
  status: places(facetValues.status),
  priority: places(facetValues.priority),
};

const numberTag = (tag: string): number => Number(tag.slice(4));

/**
 * All meetings as columns of numbers, by the number of the meeting, so that a million of them are looked through in
 * milliseconds. What the engines answer is judged by them.
 */
export class Columns {
  readonly clientNames: string[];
  readonly ownerNames: readonly string[];
  /** Of each of the first users: whether it sees a client. */
  readonly sees: readonly Uint8Array[];
  /** Meetings ever made. */
  count = 0;
  readonly lives: Uint8Array;
  readonly client: Int32Array;
  readonly owner: Uint8Array;
  readonly type: Uint8Array;
  readonly status: Uint8Array;
  readonly priority: Uint8Array;
  /** Minutes. */
  readonly duration: Int32Array;
  /** Milliseconds since 1970. */
  readonly start: Float64Array;
  readonly changed: Float64Array;
  readonly title: string[] = [];
  readonly details: string[] = [];
  /** Three numbers of tags for each meeting, in the order of the record; 0 is none. */
  readonly tags: Uint8Array;
  readonly #texts = new Map<string, string>();

  /** @param more room for so many meetings that are added later */
  constructor(office: BenchOffice, changedAt: number, more: number) {
    const room = office.meetings.length + more;
    this.clientNames = [...office.clients];
    this.ownerNames = office.users;
    this.sees = office.visible.map((clients) => {
      const seen = new Uint8Array(office.clients.length);
      for (const client of clients) seen[client] = 1;
      return seen;
    });
    this.lives = new Uint8Array(room);
    this.client = new Int32Array(room);
    this.owner = new Uint8Array(room);
    this.type = new Uint8Array(room);
    this.status = new Uint8Array(room);
    this.priority = new Uint8Array(room);
    this.duration = new Int32Array(room);
    this.start = new Float64Array(room);
    this.changed = new Float64Array(room);
    this.tags = new Uint8Array(room * 3);
    for (const [number, meeting] of office.meetings.entries()) this.write(number, meeting, changedAt);
  }

  /** Writes a meeting down, new or not. */
  write(number: number, meeting: BenchMeeting, changedAt: number): void {
    if (number >= this.lives.length) throw new Error('there is no room for another meeting');
    this.count = Math.max(this.count, number + 1);
    this.lives[number] = 1;
    this.client[number] = meeting.client;
    this.owner[number] = meeting.owner;
    this.type[number] = placeOf.type.get(meeting.type)!;
    this.status[number] = placeOf.status.get(meeting.status)!;
    this.priority[number] = placeOf.priority.get(meeting.priority)!;
    this.duration[number] = meeting.durationMinutes;
    this.start[number] = Date.parse(meeting.start);
    this.changed[number] = changedAt;
    this.title[number] = meeting.title;
    this.details[number] = this.#known(meeting.details);
    const tags = meeting.tags.map(numberTag);
    this.tags.set([tags[0] ?? 0, tags[1] ?? 0, tags[2] ?? 0], number * 3);
  }

  delete(number: number): void {
    this.lives[number] = 0;
  }

  /** A meeting as it stands. */
  meeting(number: number): BenchMeeting {
    return {
      client: this.client[number]!,
      owner: this.owner[number]!,
      title: this.title[number]!,
      details: this.details[number]!,
      type: facetValues.type[this.type[number]!]!,
      status: facetValues.status[this.status[number]!]!,
      priority: facetValues.priority[this.priority[number]!]!,
      tags: [...this.tags.subarray(number * 3, number * 3 + 3)]
        .filter((tag) => tag > 0)
        .map((tag) => `tag ${String(tag)}`),
      start: new Date(this.start[number]!).toISOString(),
      durationMinutes: this.duration[number]!,
    };
  }

  /** There are few different details: each is kept once. */
  #known(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }
}
