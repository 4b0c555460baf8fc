/** What spreadsheets may take for the beginning of a formula. */
const formula = /^'*[=+\-@\t\r]/;
const guard = /^'+[=+\-@\t\r]/;

/**
 * A cell that no spreadsheet runs as a formula: one that begins like one gets an apostrophe in front. One that has
 * apostrophes before such a beginning gets one more, so that `withoutGuard` answers every text as it was: `+32 2 555`
 * stays a telephone number for whoever reads the file again.
 */
export const withGuard = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** Takes away the apostrophe that `withGuard` puts in front. */
export const withoutGuard = (cell: string): string =>
  cell.startsWith("'") && guard.test(cell) ? cell.slice(1) : cell;
