import type { MessagePort } from 'node:worker_threads';
import { look, type LookRequest } from './look.ts';
import type { LookMessage } from './lookout.ts';
import { LookTrouble } from './lookTrouble.ts';

// Runs as a process of its own. A file call on a share that went away can hang for minutes or for ever, and neither a
// thread nor Node's own pool can be freed of it: the program could not even end. A process can be ended.

/** What Electron gives a process it started; Node's own processes have `process.send` instead. */
interface ParentPort {
  on(event: 'message', listen: (event: { data: LookRequest }) => void): void;
  postMessage: MessagePort['postMessage'];
}
const { parentPort } = process as unknown as { parentPort?: ParentPort };

const say = (message: LookMessage): void => {
  if (parentPort) parentPort.postMessage(message);
  else process.send?.(message);
};

async function answer(request: LookRequest): Promise<void> {
  try {
    const found = await look(request, () => {
      say({ kind: 'alive' });
    });
    say({ kind: 'done', found });
  } catch (error) {
    if (!(error instanceof LookTrouble)) throw error;
    say({ kind: 'trouble', trouble: error.trouble });
  }
}

const listen = (request: LookRequest): void => void answer(request);
if (parentPort) {
  parentPort.on('message', ({ data }) => {
    listen(data);
  });
} else {
  process.on('message', listen);
}
