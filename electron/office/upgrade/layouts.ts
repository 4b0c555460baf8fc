import { schemaVersion } from '../../contract/office.ts';

/** How data of one layout become data of the next. Whatever is worked out from records is made anew afterwards. */
interface Step {
  /** The layout it leads away from. */
  readonly from: number;
  /** First words of the keys whose form it changes and that can be worked out from the records: they are dropped. */
  readonly drops: readonly string[];
  /** The text of a meeting's record in the next layout; without it records stay as they are. */
  readonly meeting?: (text: string) => string;
}

const places = { durationMinutes: 9, slot: 12 };

/** The client's slot moved from behind the title to a place of its own behind the flag of the external id. */
function slotForward(text: string): string {
  const record = JSON.parse(text) as unknown[];
  const [slot] = record.splice(places.slot, 1);
  record.splice(places.durationMinutes, 0, slot);
  return JSON.stringify(record);
}

const steps: readonly Step[] = [
  // Clients' values hold the words that are common, which a list of them names.
  { from: 1, drops: ['client_values', 'common_words'] },
  // Codes of the orders have 15 bits, and short facets are always bitmaps.
  { from: 2, drops: ['posting', 'orders', 'order', 'bounds', 'unranked'], meeting: slotForward },
];

/** The way from a layout to this program's. */
export interface Upgrade {
  readonly from: number;
  readonly to: number;
  /** Whether a key, without the office's part, is dropped to be made anew. */
  drops(name: string): boolean;
  /** A meeting's record in this program's layout; null when records stay as they are. */
  readonly meeting: ((text: string) => string) | null;
}

/** @returns null when there is no way */
export function upgradeFrom(layout: number): Upgrade | null {
  const way = steps.filter(({ from }) => from >= layout && from < schemaVersion);
  if (way[0]?.from !== layout || way.length !== schemaVersion - layout) return null;
  const dropped = new Set(way.flatMap(({ drops }) => drops));
  const changes = way.flatMap(({ meeting }) => (meeting ? [meeting] : []));
  return {
    from: layout,
    to: schemaVersion,
    drops: (name) => dropped.has(name.split(':', 1)[0] ?? ''),
    meeting: changes.length === 0 ? null : (text) => changes.reduce((now, change) => change(now), text),
  };
}
