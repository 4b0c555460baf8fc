/** What a file and its rows may measure; more is refused with a sentence, so that memory stays bounded. */
export const limits = {
  fileBytes: 1_000_000_000,
  columns: 1_000,
  /** UTF-16 units. */
  cell: 1_000_000,
  /** A row larger than this means that a quotation mark is never closed; it cannot be skipped, only given up on. */
  row: 8_000_000,
  /** Of one part of a workbook, unpacked. A sheet of all 1,048,576 rows with ten columns has about half of it. */
  partBytes: 1_500_000_000,
  /** Texts that the sheets of a workbook share, which stay in memory while it is read. Of a sheet of all rows with a title and
   * a sentence in each they have 180 MB; with them the whole reader needs 475 MB. */
  sharedBytes: 200_000_000,
  /** Longest title and client name taken in by shortening them; what is longer is no title or name. */
  shortened: 2_000,
} as const;
