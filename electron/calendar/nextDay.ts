/**
 * The calendar day after `day`.
 * @param day `YYYY-MM-DD`, a day that exists, years 1000 to 9999
 * @returns `YYYY-MM-DD`; after the last day that can be written comes `10000-01-01`, which `startOfDay` understands
 */
export function nextDay(day: string): string {
  if (day === '9999-12-31') return '10000-01-01';
  const date = new Date(`${day}T00:00:00.000Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
