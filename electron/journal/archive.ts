import {
  listSegments,
  readSegment,
  sealOf,
  TamperedSegment,
  type RawEntry,
  type Segment,
} from './segments.ts';

/** Entries that have left the store for sealed files. */
export interface JournalArchive {
  /**
   * Entries with a number below `before`, latest first, at most `limit`.
   * Ends before a file that is not the one that was sealed.
   * @throws TamperedSegment when the very first one is not
   */
  older(before: number, limit: number): Promise<RawEntry[]>;
}

/** Scrolling asks for the same segment again and again. */
const segmentsKept = 2;

/** @param folder answers where the segments lie now, because the program can change to another office */
export function journalArchive(folder: () => string): JournalArchive {
  const read = new Map<string, RawEntry[]>();

  const entriesOf = (segment: Segment): RawEntry[] => {
    // By its seal: after a repair others may have its numbers.
    const name = `${segment.folder}/${sealOf(segment)}`;
    const entries = read.get(name) ?? readSegment(segment);
    read.delete(name);
    read.set(name, entries);
    for (const oldest of read.keys()) {
      if (read.size <= segmentsKept) break;
      read.delete(oldest);
    }
    return entries;
  };

  const readOrEnd = (segment: Segment, mayEnd: boolean): RawEntry[] | null => {
    try {
      return entriesOf(segment);
    } catch (error) {
      if (mayEnd && error instanceof TamperedSegment) return null;
      throw error;
    }
  };

  return {
    older(before, limit) {
      const found: RawEntry[] = [];
      for (const segment of listSegments(folder()).reverse()) {
        if (found.length >= limit) break;
        if (segment.first >= before) continue;
        const entries = readOrEnd(segment, found.length > 0);
        if (entries === null) break;
        found.push(...entries.filter((entry) => entry.entry < before).reverse());
      }
      return Promise.resolve(found.slice(0, limit));
    },
  };
}
