import { parse } from 'csv-parse/sync';

export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/**
 * The delimiter under which most rows have the same number of cells; between equals, the one that makes more cells.
 * @param sample whole lines from the beginning of the file, with `\n` as line break
 */
export function guessDelimiter(sample: string): Delimiter {
  let best: { delimiter: Delimiter; share: number; width: number } = { delimiter: ',', share: 0, width: 0 };
  for (const delimiter of delimiters) {
    const { share, width } = steadiness(sample, delimiter);
    if (share > best.share || (share === best.share && width > best.width))
      best = { delimiter, share, width };
  }
  return best.delimiter;
}

/** The commonest number of cells, at least two, and the share of rows that have it. */
function steadiness(sample: string, delimiter: Delimiter): { share: number; width: number } {
  const rows = parse(sample, {
    delimiter,
    record_delimiter: '\n',
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    to: 200,
  });
  const counts = new Map<number, number>();
  for (const row of rows) if (row.length > 1) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let width = 0;
  for (const [cells, count] of counts) if (count > (counts.get(width) ?? 0)) width = cells;
  return { share: (counts.get(width) ?? 0) / Math.max(1, rows.length), width };
}
