import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { FileTrouble } from './file/fileTrouble.ts';
import type { Inspection } from './inspectFile.ts';
import type {
  ReaderAnswer,
  ReaderMessage,
  ReaderTask,
  SegmentBatch,
  SegmentRequest,
  StoreSide,
} from './readerMessages.ts';

/** Reads files in a thread of its own. */
export interface Reader {
  /** @throws FileTrouble */
  inspect(path: string, today: string, sheet?: string | null): Promise<Inspection>;
  /**
   * Segments in the order of the file; ending the loop ends the thread.
   * @throws FileTrouble, what the store's side throws, or the signal's reason
   */
  read(request: SegmentRequest, store: StoreSide, signal?: AbortSignal): AsyncGenerator<SegmentBatch>;
}

/** @param threadFile the built `reader.worker`, or its source where Node reads TypeScript itself */
export function readerFrom(threadFile: string | URL): Reader {
  return {
    async inspect(path, today, sheet = null) {
      for await (const { message } of messages(threadFile, { task: 'inspect', path, today, sheet })) {
        if (message.kind === 'inspected') return message.inspection;
      }
      throw new Error('the reader ended without an answer');
    },
    async *read(request, store, signal) {
      for await (const { message, answer } of messages(threadFile, { task: 'read', ...request }, signal)) {
        const asked = answerOf(message, store);
        if (asked) answer({ kind: 'answer', value: await asked });
        if (message.kind === 'batch') {
          yield message.batch;
          answer({ kind: 'more' });
        }
        if (message.kind === 'end') return;
      }
      throw new Error('the reader ended before the file did');
    },
  };
}

/** @returns undefined when the message asks nothing of the store */
function answerOf(message: ReaderMessage, store: StoreSide): Promise<unknown> | undefined {
  if (message.kind === 'sampled') return store.balance(message.sample);
  if (message.kind === 'names') return store.lookUp(message.names);
  if (message.kind === 'identities') return store.identities(message.request);
  if (message.kind === 'meetings') return store.meetings(message.rows);
  if (message.kind === 'need') return store.provide(message.need);
  return undefined;
}

interface Heard {
  readonly message: ReaderMessage;
  answer(answer: ReaderAnswer): void;
}

/** How long a thread that has said all may take to end by itself. */
const endingMs = 500;

const lastWords: ReadonlySet<ReaderMessage['kind']> = new Set(['inspected', 'end', 'trouble']);

/** Everything the thread says, one by one. */
async function* messages(
  threadFile: string | URL,
  task: ReaderTask,
  signal?: AbortSignal,
): AsyncGenerator<Heard> {
  signal?.throwIfAborted();
  // What the thread says last; then it ends by itself. Ending it from here while it does so can crash the whole process.
  let hasSaidAll = false;
  const thread = new Worker(threadFile, {
    workerData: task,
    resourceLimits: { maxYoungGenerationSizeMb: 64 },
  });
  const waiting: ReaderMessage[] = [];
  let failure: unknown = null;
  let ended = false;
  let wake: () => void = () => undefined;
  const heard = (note: () => void) => (): void => {
    note();
    wake();
  };
  const over = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  thread.on('message', (message: ReaderMessage) => {
    hasSaidAll ||= lastWords.has(message.kind);
    heard(() => waiting.push(message))();
  });
  thread.on('error', (error) => heard(() => (failure = error))());
  thread.on(
    'exit',
    heard(() => (ended = true)),
  );
  const stop = heard(() => waiting.splice(0));
  signal?.addEventListener('abort', stop);
  try {
    for (;;) {
      signal?.throwIfAborted();
      const message = waiting.shift();
      if (message?.kind === 'trouble') throw new FileTrouble(message.problem);
      if (message) {
        yield { message, answer: (answer) => thread.postMessage(answer) };
      } else if (failure !== null) {
        throw failure;
      } else if (ended) {
        return;
      } else {
        await new Promise<void>((resolve) => (wake = resolve));
      }
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    if (hasSaidAll) await Promise.race([over, pause(endingMs)]);
    // One that still has not ended is not about to; whoever waits for what it read must not wait for it.
    if (!ended) await Promise.race([thread.terminate(), pause(endingMs)]);
  }
}
