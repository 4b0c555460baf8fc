import type { Inspection } from './inspectFile.ts';
import type { Batch, ReadRequest } from './readMeetings.ts';

/** What the reader's thread is started with. */
export type ReaderTask =
  | { readonly task: 'inspect'; readonly path: string; readonly today: string; readonly sheet: string | null }
  | ({ readonly task: 'read' } & ReadRequest);

/** What the thread says. `trouble` is the problem of a `FileTrouble`. */
export type ReaderMessage =
  | { readonly kind: 'inspected'; readonly inspection: Inspection }
  | { readonly kind: 'batch'; readonly batch: Batch }
  | { readonly kind: 'end' }
  | { readonly kind: 'trouble'; readonly problem: string };

/** How many batches the thread may be ahead of the store: enough to keep both busy, few enough to bound memory. */
export const batchesAhead = 3;
