/** Patterns with what one unit of their number is, in minutes. */
const units: readonly (readonly [pattern: RegExp, minutes: number])[] = [
  [/^(\d+(?:[.,]\d+)?)\s*(?:m|min|mins|minutes?|minuten|minuti|minutos|minuter|')?\.?$/i, 1],
  [
    /^(\d+(?:[.,]\d+)?)\s*(?:h|hr|hrs|hours?|std|stunden?|heures?|uur|uren|horas?|ore|ora|timm?e?|timmar)\.?$/i,
    60,
  ],
];
const clock = /^(\d{1,3})\s*(?::|h)\s*([0-5]\d)(?::[0-5]\d|\s*(?:m|min))?$/i;

/** Minutes meant by `90`, `90 min`, `1.5 h`, `1:30` or `1h30`; null for anything else. */
export function minutesOf(cell: string): number | null {
  const text = cell.trim();
  const shown = clock.exec(text);
  if (shown) return Number(shown[1]) * 60 + Number(shown[2]);
  for (const [pattern, minutes] of units) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return Math.round(Number(found.replace(',', '.')) * minutes);
  }
  return null;
}
