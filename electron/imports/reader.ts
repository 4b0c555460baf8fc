import { Worker } from 'node:worker_threads';
import { FileTrouble } from './file/fileTrouble.ts';
import type { Inspection } from './inspectFile.ts';
import type { ReaderMessage, ReaderTask } from './readerMessages.ts';
import type { Batch, ReadRequest } from './readMeetings.ts';

/** Reads files in a thread of its own. */
export interface Reader {
  /** @throws FileTrouble */
  inspect(path: string, today: string, sheet?: string | null): Promise<Inspection>;
  /** Batches in the order of the file; ending the loop ends the thread. @throws FileTrouble, or the signal's reason */
  read(request: ReadRequest, signal?: AbortSignal): AsyncGenerator<Batch>;
}

/** @param threadFile the built `reader.worker`, or its source where Node reads TypeScript itself */
export function readerFrom(threadFile: string | URL): Reader {
  return {
    async inspect(path, today, sheet = null) {
      for await (const message of messages(threadFile, { task: 'inspect', path, today, sheet })) {
        if (message.kind === 'inspected') return message.inspection;
      }
      throw new Error('the reader ended without an answer');
    },
    async *read(request, signal) {
      for await (const message of messages(threadFile, { task: 'read', ...request }, signal)) {
        if (message.kind === 'batch') yield message.batch;
        if (message.kind === 'end') return;
      }
      throw new Error('the reader ended before the file did');
    },
  };
}

/** Everything the thread says, one by one; each message taken lets it send another. */
async function* messages(
  threadFile: string | URL,
  task: ReaderTask,
  signal?: AbortSignal,
): AsyncGenerator<ReaderMessage> {
  signal?.throwIfAborted();
  const thread = new Worker(threadFile, { workerData: task });
  const waiting: ReaderMessage[] = [];
  let failure: unknown = null;
  let ended = false;
  let wake: () => void = () => undefined;
  const heard = (note: () => void) => (): void => {
    note();
    wake();
  };
  thread.on('message', (message: ReaderMessage) => heard(() => waiting.push(message))());
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
        yield message;
        thread.postMessage('more');
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
    await thread.terminate();
  }
}
