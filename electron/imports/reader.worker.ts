import { parentPort, workerData } from 'node:worker_threads';
import { FileTrouble } from './file/fileTrouble.ts';
import { inspectFile } from './inspectFile.ts';
import { batchesAhead, type ReaderMessage, type ReaderTask } from './readerMessages.ts';
import { readMeetings } from './readMeetings.ts';

// Runs beside the main process, so that parsing, folding and judging rows never keep a window waiting.

const port = parentPort;
const task = workerData as ReaderTask;

const say = (message: ReaderMessage): void => port?.postMessage(message);

let allowed = batchesAhead;
let wake: (() => void) | null = null;
port?.on('message', () => {
  allowed += 1;
  wake?.();
});

async function turnToSend(): Promise<void> {
  if (allowed === 0) await new Promise<void>((resolve) => (wake = resolve));
  wake = null;
  allowed -= 1;
}

async function work(): Promise<void> {
  if (task.task === 'inspect') {
    say({ kind: 'inspected', inspection: await inspectFile(task.path, task.today, task.sheet) });
    return;
  }
  for await (const batch of readMeetings(task)) {
    await turnToSend();
    say({ kind: 'batch', batch });
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
