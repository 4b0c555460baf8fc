import { Matcher } from './matching/matcher.ts';
import type { MatchedBatch } from './matching/outcomeSorter.ts';
import { readMeetings, type Batch } from './readMeetings.ts';
import { OutcomeWriter } from './report/outcomeWriter.ts';
import { sampleFile } from './sampleFile.ts';
import type { Provided, SegmentBatch, SegmentRequest, StoreSide } from './readerMessages.ts';
import { BatchFiler } from './segment/batchFiler.ts';
import { SegmentBuilder } from './segment/buildSegment.ts';
import { codersOf } from '../ranking/orderCodes.ts';

/** A batch whose rows are matched, and what the store gave for it; null in a dry run. */
interface Prepared {
  readonly batch: Batch;
  readonly matched: MatchedBatch;
  readonly provided: Provided | null;
}

/**
 * Reads a file into segments ready for the store, and finds out which of its rows speak of meetings that are there.
 * What a segment needs of the store is asked for as soon as its rows are read, and the segment built while the next rows
 * are read or after: neither side waits long for the other.
 * @throws FileTrouble, see `readMeetings`
 */
export async function* readSegments(request: SegmentRequest, store: StoreSide): AsyncGenerator<SegmentBatch> {
  const matcher = new Matcher(request, store);
  const filer = new BatchFiler(request, matcher, await builderOf(request, store));
  const prepare = async (batch: Batch): Promise<Prepared> => {
    const matched = await matcher.match(batch);
    const need = filer.needOf(batch, matched);
    return { batch, matched, provided: request.dryRun ? null : await store.provide(need) };
  };
  const outcomes = new OutcomeWriter(request.outcomesFile);
  const finish = async (waiting: Promise<Prepared>): Promise<SegmentBatch> => {
    const { batch, matched, provided } = await waiting;
    return {
      ...(provided ? filer.file(matched, provided) : { segment: null, updates: [], ownersOfNew: [] }),
      ...{ outcomes: outcomes.write(matched.outcomes), counts: matched.counts },
      ...filer.newNames(),
      ...{ rows: batch.rows, rowsRefused: batch.refused.length, share: batch.share },
    };
  };
  try {
    let waiting: Promise<Prepared> | null = null;
    for await (const batch of readMeetings(request)) {
      const before: Promise<unknown> = waiting ?? Promise.resolve();
      const prepared = before.then(() => prepare(batch));
      // Whoever waits for it sees its failure; until then it is not one that nobody handles.
      prepared.catch(() => undefined);
      if (waiting) yield await finish(waiting);
      waiting = prepared;
    }
    if (waiting) yield await finish(waiting);
  } finally {
    outcomes.close();
  }
}

/** @returns null in a dry run */
async function builderOf(request: SegmentRequest, store: StoreSide): Promise<SegmentBuilder | null> {
  if (request.dryRun) return null;
  const bounds = await store.balance(await sampleFile(request));
  const { by, at } = request;
  return new SegmentBuilder({ by, at, coders: codersOf(bounds), generations: bounds });
}
