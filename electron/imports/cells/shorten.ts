/** Cut to at most `max` UTF-16 units, at a space where there is one near the end, with `…` in place of the rest. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '');
  const space = cut.lastIndexOf(' ');
  return `${(space > max * 0.8 ? cut.slice(0, space) : cut).replace(/[\s,;:]+$/, '')}…`;
}
