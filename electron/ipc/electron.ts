import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { callNames } from '../contract/channels.ts';
import type { Log } from '../log.ts';
import type { Envelope, Serve } from './serve.ts';

export interface BindingOptions {
  readonly serve: Serve;
  /** Whether a window with this id is one of ours. */
  readonly isOurs: (windowId: number) => boolean;
  /** The only origin that may call. */
  readonly origin: string;
  readonly log: Log;
}

const originOf = (address: string): string => {
  try {
    // The origin of an address with a scheme of one's own reads "null" here, so it is put together.
    const { protocol, host } = new URL(address);
    return `${protocol}//${host}`;
  } catch {
    return '';
  }
};

/** Only the page itself: no frame inside it, no other page, no window that is not ours. */
function isTrusted(event: IpcMainInvokeEvent, { isOurs, origin }: BindingOptions): boolean {
  const frame = event.senderFrame;
  return (
    isOurs(event.sender.id) &&
    frame !== null &&
    frame === event.sender.mainFrame &&
    originOf(frame.url) === origin
  );
}

/** Serves every call of the contract to our windows; anybody else gets no answer but a refusal. */
export function bindToIpc(options: BindingOptions): void {
  for (const [noun, names] of Object.entries(callNames)) {
    for (const name of Object.keys(names)) {
      const channel = `${noun}.${name}`;
      ipcMain.handle(channel, (event, input: unknown): Promise<Envelope> => {
        if (isTrusted(event, options)) return options.serve(channel, input, event.sender.id);
        options.log.warn('call from a stranger refused', { channel });
        throw new Error('refused');
      });
    }
  }
}
