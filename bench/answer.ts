import type { ShortFacet } from './queries.ts';

/** A meeting as every engine answers it, whatever form its own rows have. */
export interface Row {
  number: number;
  client: string;
  owner: string;
  title: string;
  details: string;
  type: string;
  status: string;
  priority: string;
  tags: string[];
  /** ISO instant. */
  start: string;
  durationMinutes: number;
}

/** What an engine answered, in the words of the benchmark. What was not asked for is null. */
export interface Answer {
  rows: Row[];
  total: number | null;
  /** Counts of all values of the short facets, in their fixed order. */
  counts: Record<ShortFacet, number[]> | null;
}
