import { readMeetings, type Batch } from './readMeetings.ts';
import { sampleFile } from './sampleFile.ts';
import type { Provided, SegmentBatch, SegmentRequest, StoreSide } from './readerMessages.ts';
import { SegmentBuilder, type FiledClient } from './segment/buildSegment.ts';
import { codersOf } from './segment/orderCodes.ts';

/**
 * Reads a file into segments ready for the store. What a segment needs of the store is asked for as soon as its rows
 * are read, and the segment built while the next rows are read or after: neither side waits long for the other.
 * @throws FileTrouble, see `readMeetings`
 */
export async function* readSegments(request: SegmentRequest, store: StoreSide): AsyncGenerator<SegmentBatch> {
  const { by, at, defaultOwner } = request;
  const bounds = await store.balance(await sampleFile(request));
  const builder = new SegmentBuilder({ by, at, coders: codersOf(bounds), generations: bounds });
  const clients: FiledClient[] = [];
  const ownerIds: string[] = [];
  const finish = async ({ batch, provided }: Waiting): Promise<SegmentBatch> => {
    const { refused, rows, share } = batch;
    const given = await provided;
    if (given === null) return { segment: null, refused, rows, share };
    clients.push(...given.clients);
    ownerIds.push(...given.ownerIds);
    const owners = batch.meetings.map(({ owner }) => (owner === null ? defaultOwner : ownerIds[owner]!));
    const filed = batch.meetings.map(({ client }) => clients[client]!);
    return {
      segment: builder.build(batch.meetings, given.reservation, filed, owners),
      refused,
      rows,
      share,
    };
  };
  let waiting: Waiting | null = null;
  for await (const batch of readMeetings(request)) {
    const { clients: newClients, owners, meetings } = batch;
    const need = { clients: newClients, owners, count: meetings.length };
    const provided = meetings.length === 0 ? Promise.resolve(null) : store.provide(need);
    // Whoever waits for it sees its failure; until then it is not one that nobody handles.
    provided.catch(() => undefined);
    if (waiting) yield await finish(waiting);
    waiting = { batch, provided };
  }
  if (waiting) yield await finish(waiting);
}

interface Waiting {
  readonly batch: Batch;
  readonly provided: Promise<Provided | null>;
}
