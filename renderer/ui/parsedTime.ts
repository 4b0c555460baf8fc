/**
 * A typed time of day: `9`, `9:30`, `0930`, `9h30`, `9.30`.
 * @returns `09:30`, empty for nothing, null when it is no time
 */
export function parsedTime(typed: string): string | null {
  const words = typed.trim();
  if (words === '') return '';
  const match = /^(\d{1,2})(?:[:.h]?(\d{2}))?h?$/i.exec(words);
  if (!match) return null;
  const hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
