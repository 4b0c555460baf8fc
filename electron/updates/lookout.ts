import type { UpdateTrouble } from '../contract/updateTrouble.ts';
import type { LookRequest, ProvedPackage } from './look.ts';
import { LookTrouble } from './lookTrouble.ts';

/** What the process says; `alive` while it gets on. */
export type LookMessage =
  | { readonly kind: 'alive' }
  | { readonly kind: 'done'; readonly found: ProvedPackage | null }
  | { readonly kind: 'trouble'; readonly trouble: UpdateTrouble };

/** A process that looks. Electron starts it in the program, Node in tests. */
export interface LookProcess {
  send(request: LookRequest): void;
  onMessage(listen: (message: LookMessage) => void): void;
  onEnd(listen: () => void): void;
  end(): void;
}

export interface Lookout {
  /** @throws LookTrouble */
  look(request: LookRequest): Promise<ProvedPackage | null>;
  /** Ends a look that goes on. */
  close(): void;
}

/** So long may a share say nothing. A dead one answers never, a slow one between two pieces of a file. */
const usualPatienceMs = 30_000;

/** One look, one process, which is gone afterwards whatever the share does. */
export function createLookout(start: () => LookProcess, patienceMs = usualPatienceMs): Lookout {
  const running = new Set<LookProcess>();

  const run = (process: LookProcess, request: LookRequest): Promise<ProvedPackage | null> =>
    new Promise((resolve, reject) => {
      const giveUp = (): void => {
        reject(new LookTrouble('slow'));
      };
      let timer = setTimeout(giveUp, patienceMs);
      process.onMessage((message) => {
        clearTimeout(timer);
        if (message.kind === 'done') resolve(message.found);
        else if (message.kind === 'trouble')
          reject(new LookTrouble(message.trouble.reason, message.trouble.file));
        else timer = setTimeout(giveUp, patienceMs);
      });
      process.onEnd(() => {
        clearTimeout(timer);
        reject(new LookTrouble('unreadable'));
      });
      process.send(request);
    });

  return {
    async look(request) {
      const process = start();
      running.add(process);
      try {
        return await run(process, request);
      } finally {
        running.delete(process);
        process.end();
      }
    },
    close() {
      for (const process of running) process.end();
    },
  };
}
