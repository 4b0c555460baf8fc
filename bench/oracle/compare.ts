import { isDeepStrictEqual } from 'node:util';
import type { Answer } from '../answer.ts';

/**
 * Compares what an engine answered with what is right; what the engine was not asked for (null) is left out.
 * @returns what differs, in one line, or null
 */
export function difference(right: Answer, found: Answer): string | null {
  if (found.total !== null && found.total !== right.total)
    return `total ${String(found.total)}, right is ${String(right.total)}`;
  if (found.counts !== null && !isDeepStrictEqual(found.counts, right.counts))
    return `counts ${JSON.stringify(found.counts)}, right are ${JSON.stringify(right.counts)}`;
  if (found.rows.length !== right.rows.length)
    return `${String(found.rows.length)} rows, right are ${String(right.rows.length)}`;
  const at = right.rows.findIndex((row, place) => !isDeepStrictEqual(row, found.rows[place]));
  if (at < 0) return null;
  return `row ${String(at)} is ${JSON.stringify(found.rows[at])}, right is ${JSON.stringify(right.rows[at])}`;
}
