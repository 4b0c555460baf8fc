/** With a drive or without, up to the next space or punctuation. */
const anyPath = /(?:[A-Za-z]:)?[\\/][^\s"',;)]*/g;

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/**
 * A text without paths and names.
 * @param names what must not be told, in any case: folders in full, so that spaces in them leave nothing behind
 */
export function redacted(text: string, names: readonly string[]): string {
  const known = names
    .filter((name) => name.trim().length > 1)
    .sort((one, other) => other.length - one.length)
    .map(escaped);
  const withoutNames =
    known.length === 0 ? text : text.replaceAll(new RegExp(known.join('|'), 'gi'), '<name>');
  return withoutNames.replaceAll(anyPath, '<path>');
}
