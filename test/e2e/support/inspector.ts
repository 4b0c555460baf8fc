import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Runs a piece of the main process's own language, with `electron` at hand, and answers what it comes to. */
export type Evaluate = (expression: string) => Promise<unknown>;

interface Reply {
  readonly id: number;
  readonly result?: { readonly result?: { readonly value?: unknown }; readonly exceptionDetails?: unknown };
}

/**
 * Reaches the main process of a program started with `--inspect=0`, and nothing else of it: whoever drives the pages as well
 * keeps Chromium from noticing that one of them hangs.
 */
export async function inspectMain(program: ChildProcess): Promise<Evaluate> {
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: program.stderr! }).on('line', (line) => {
      const [, found] = /Debugger listening on (ws:\S+)/.exec(line) ?? [];
      if (found) resolve(found);
    });
    program.once('exit', () => reject(new Error('the program ended before it could be reached')));
  });
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error('the program cannot be reached')));
  });
  const waiting = new Map<number, (reply: Reply) => void>();
  socket.addEventListener('message', ({ data }) => {
    const reply = JSON.parse(String(data)) as Reply;
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  let last = 0;
  return async (expression) => {
    last += 1;
    const id = last;
    const electron = "const electron = process.mainModule.require('electron');";
    const params = {
      expression: `(async () => { ${electron} return ${expression}; })()`,
      ...{ awaitPromise: true, returnByValue: true },
    };
    const replied = new Promise<Reply>((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }));
    const { result } = await replied;
    if (result?.exceptionDetails) throw new Error(JSON.stringify(result.exceptionDetails));
    return result?.result?.value;
  };
}
