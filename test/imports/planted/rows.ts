import { details, tags, title } from '../../support/builders/vocabulary.ts';
import { dayStart } from '../../support/oracle/dayStart.ts';
import { plainRules } from '../plainMapping.ts';
import type { Mapping } from '../../../electron/contract/imports.ts';
import type { MeetingFields } from '../../support/oracle/types.ts';
import type { Random } from '../../support/random.ts';

/** The office's zone, in which times without an offset are read. */
export const zone = 'Europe/Brussels';

export const headers = [
  'Client',
  'Owner',
  'Subject',
  'Notes',
  'Date',
  'Type',
  'Status',
  'Priority',
  'Tags',
  'Minutes',
  'Room',
] as const;
/** Cells by header. */
export type Cells = Record<(typeof headers)[number], string>;

export const mapping: Mapping = {
  ...plainRules,
  columns: [
    'client',
    'owner',
    'title',
    'details',
    'start',
    'type',
    'status',
    'priority',
    'tags',
    'durationMinutes',
    null,
  ],
  clients: 'several',
};

/** A meeting that must come of a row; client and owner by the name they must be shown with. */
export interface PlantedMeeting extends Omit<MeetingFields, 'clientId' | 'ownerId'> {
  readonly client: string;
  /** Null where the row names none: then it is the one who imports. */
  readonly owner: string | null;
}

/** Names a file draws from. The spelling that comes first in a good row is the one that stays. */
export class Names {
  readonly #spellings: readonly (readonly string[])[];
  readonly #shown = new Map<number, string>();

  /** @param known names the office has already @param fresh spellings of names it has not */
  constructor(known: readonly string[], fresh: readonly (readonly string[])[]) {
    const ascii = /^[ -~]*$/;
    this.#spellings = [
      ...known.map((name) => (ascii.test(name) ? [name, name.toUpperCase()] : [name])),
      ...fresh,
    ];
    known.forEach((name, at) => this.#shown.set(at, name));
  }

  /** Early ones come often, late ones seldom. */
  draw(random: Random): { number: number; spelled: string } {
    const number = Math.floor(random.next() ** 2 * this.#spellings.length);
    return { number, spelled: random.pick(this.#spellings[number] ?? ['']) };
  }

  /** Notes that a name was used in a good row. @returns how it is shown */
  use({ number, spelled }: { number: number; spelled: string }): string {
    const shown = this.#shown.get(number) ?? spelled.replace(/\s+/g, ' ');
    this.#shown.set(number, shown);
    return shown;
  }
}

export interface GoodRow {
  readonly cells: Cells;
  /** Called when the row is really written as it is. @returns what must come of it */
  meetings(): PlantedMeeting[];
}

const types: [string, MeetingFields['type']][] = [
  ['call', 'call'],
  ['TÉLÉPHONE', 'call'],
  ['Besuch', 'visit'],
  ['E-Mail', 'email'],
  ['video conference', 'video'],
  ['Brief', 'letter'],
  ['sms', 'sms'],
  ['', 'visit'],
];
const statuses: [string, MeetingFields['status']][] = [
  ['closed', 'closed'],
  ['Erledigt', 'closed'],
  ['Prévu', 'planned'],
  ['on_hold', 'waiting'],
  ['OPEN', 'open'],
  ['annulé', 'cancelled'],
  ['', 'closed'],
];
const priorities: [string, MeetingFields['priority']][] = [
  ['', 'normal'],
  ['normal', 'normal'],
  ['Hoch', 'high'],
  ['urgent', 'urgent'],
  ['faible', 'low'],
];
const durations: [string, number | null][] = [
  ['', null],
  ['30', 30],
  ['1:30', 90],
  ['1.5 h', 90],
  ['45 min', 45],
  ['0', 0],
  ['2h05', 125],
  ['10080', 10_080],
];
const wordOfType: Record<MeetingFields['type'], string> = {
  email: 'E-mail',
  sms: 'Text message',
  call: 'Call',
  visit: 'Visit',
  video: 'Video call',
  letter: 'Letter',
};

/** Tags that survive a cell of several: nothing in them parts one tag from another. */
const plainTags = tags.filter((tag) => !/[;|\n]/.test(tag) && tag === tag.replace(/\s+/g, ' ').trim());

export function goodRow(random: Random, clients: Names, owners: Names): GoodRow {
  const drawn = Array.from({ length: random.chance(0.04) ? random.between(2, 4) : 1 }, () =>
    clients.draw(random),
  );
  // One client twice in a cell is one client; here each has one spelling there.
  const named = [...new Map(drawn.map((one) => [one.number, one])).values()];
  const owner = random.chance(0.2) ? null : owners.draw(random);
  const [typeCell, type] = random.pick(types);
  const [statusCell, status] = random.pick(statuses);
  const [priorityCell, priority] = random.pick(priorities);
  const [minutesCell, durationMinutes] = random.pick(durations);
  const [dateCell, start] = date(random);
  const texts = textsOf(random, type);
  const own = [...new Set(Array.from({ length: random.between(0, 3) }, () => random.pick(plainTags)))];
  return {
    cells: {
      Client: cellOfSeveral(
        random,
        named.map(({ spelled }) => spelled),
      ),
      Owner: owner?.spelled ?? '',
      Subject: texts.cells[0],
      Notes: texts.cells[1],
      Date: dateCell,
      Type: typeCell,
      Status: statusCell,
      Priority: priorityCell,
      Tags: own.join(random.pick([';', ' | ', '; ', '\n'])),
      Minutes: minutesCell,
      Room: `R${String(random.between(1, 99))}`,
    },
    meetings() {
      const ownerName = owner && owners.use(owner);
      const { title: heading, details: body } = texts;
      const fields = { title: heading, details: body, type, status, priority, tags: own, start };
      return named.map((one) => ({ ...fields, durationMinutes, client: clients.use(one), owner: ownerName }));
    },
  };
}

function cellOfSeveral(random: Random, names: readonly string[]): string {
  if (names.length > 1 && random.chance(0.3) && names.every((name) => !/['\\]/.test(name)))
    return `['${names.join("', '")}']`;
  return names.join(random.pick([';', '; ', ' | ', '\n']));
}

/** Cells of title and details, and what they come to. */
function textsOf(
  random: Random,
  type: MeetingFields['type'],
): { cells: [string, string]; title: string; details: string } {
  const body = details(random);
  const shown = body.trim();
  if (random.chance(0.03)) {
    // A row without a title takes the first line of its details, else the word for its type.
    const short = random.chance(0.5) ? '' : 'First line of it\nand the second';
    return {
      cells: ['', short],
      title: short === '' ? wordOfType[type] : 'First line of it',
      details: short,
    };
  }
  if (random.chance(0.01)) {
    // One that is too long is shortened, and stands in full at the head of the details.
    const long = `Ö${'m'.repeat(random.between(300, 1_500))}`;
    const inFull = shown === '' ? long : `${long}\n\n${shown}`;
    return { cells: [long, body], title: `${long.slice(0, 299)}…`, details: inFull };
  }
  const heading = random.chance(0.05) ? `${title(random)}\nof two lines` : title(random);
  return { cells: [heading, body], title: heading.replace(/\s+/g, ' ').trim(), details: shown };
}

/** A date as files write it, and the moment that is meant. */
function date(random: Random): [cell: string, start: MeetingFields['start']] {
  const day = new Date(Date.UTC(2019, 0, 1) + random.between(0, 2_900) * 86_400_000)
    .toISOString()
    .slice(0, 10);
  const [year = '', month = '', of = ''] = day.split('-');
  const minutes = random.between(1, 95) * 15;
  const clock = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const utc: MeetingFields['start'] = { at: `${day}T${clock}:00.000Z`, zone };
  // Clocks change on Sundays of these months; a time on those days would have to be worked out with care.
  const isPlain = month !== '03' && month !== '10';
  const local: MeetingFields['start'] = {
    at: new Date(dayStart(day, zone) + minutes * 60_000).toISOString(),
    zone,
  };
  return random.pick<[string, MeetingFields['start']]>([
    [day, { date: day }],
    [`${of}/${month}/${year}`, { date: day }],
    [`${String(Number(of))}.${String(Number(month))}.${year}`, { date: day }],
    [`${year}${month}${of}`, { date: day }],
    [`${day}T${clock}Z`, utc],
    [`${of}-${month}-${year} 00:00`, { date: day }],
    isPlain ? [`${of}/${month}/${year} ${clock}`, local] : [day, { date: day }],
  ]);
}
