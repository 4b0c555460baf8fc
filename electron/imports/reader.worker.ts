import { parentPort, workerData } from 'node:worker_threads';
import { FileTrouble } from './file/fileTrouble.ts';
import { inspectFile } from './inspectFile.ts';
import { readSegments } from './readSegments.ts';
import {
  batchesAhead,
  type ReaderAnswer,
  type ReaderMessage,
  type ReaderTask,
  type StoreSide,
} from './readerMessages.ts';

// Runs beside the main process, so that parsing, folding, judging and indexing rows never keep a window waiting.

const port = parentPort;
const task = workerData as ReaderTask;

const say = (message: ReaderMessage, given: readonly ArrayBuffer[] = []): void =>
  port?.postMessage(message, given);

let allowed = batchesAhead;
let wake: (() => void) | null = null;
/** Answered in the order of the questions. */
const asked: ((value: never) => void)[] = [];
port?.on('message', (answer: ReaderAnswer) => {
  if (answer.kind === 'answer') {
    asked.shift()?.(answer.value as never);
    return;
  }
  allowed += 1;
  wake?.();
});

async function turnToSend(): Promise<void> {
  if (allowed === 0) await new Promise<void>((resolve) => (wake = resolve));
  wake = null;
  allowed -= 1;
}

const ask = <T>(message: ReaderMessage): Promise<T> =>
  new Promise((resolve) => {
    asked.push(resolve);
    say(message);
  });

const store: StoreSide = {
  balance: (sample) => ask({ kind: 'sampled', sample }),
  lookUp: (names) => ask({ kind: 'names', names }),
  identities: (request) => ask({ kind: 'identities', request }),
  meetings: (rows) => ask({ kind: 'meetings', rows }),
  provide: (need) => ask({ kind: 'need', need }),
};

async function work(): Promise<void> {
  if (task.task === 'inspect') {
    say({ kind: 'inspected', inspection: await inspectFile(task.path, task.today, task.sheet) });
    return;
  }
  for await (const batch of readSegments(task, store)) {
    await turnToSend();
    // The records are most of a batch: they are handed over rather than copied.
    say({ kind: 'batch', batch }, batch.segment ? [batch.segment.records.bytes.buffer] : []);
  }
  say({ kind: 'end' });
}

async function run(): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof FileTrouble)) throw error;
    say({ kind: 'trouble', problem: error.message });
  } finally {
    port?.close();
  }
}

void run();
