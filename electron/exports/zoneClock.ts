import { wallTime } from '../calendar/wallTime.ts';

const dayMs = 86_400_000;

/** By zone and day in UTC: by how much its clocks are ahead all day long; null when that changes during the day. */
const offsets = new Map<string, number | null>();
const mostDays = 50_000;

function offsetOfDay(day: number, zone: string): number | null {
  const key = `${String(day)} ${zone}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const [from, to] = [day * dayMs, (day + 1) * dayMs];
  const [first, last] = [wallTime(from, zone) - from, wallTime(to, zone) - to];
  const offset = first === last ? first : null;
  if (offsets.size >= mostDays) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** `wallTime` for the many instants of an export: the runtime is asked twice for a day, not for each of them. */
export function clockTime(instantMs: number, zone: string): number {
  const offset = offsetOfDay(Math.floor(instantMs / dayMs), zone);
  return offset === null ? wallTime(instantMs, zone) : instantMs + offset;
}
