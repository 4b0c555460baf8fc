import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { callNames, eventChannel, eventNames } from './contract/channels.ts';
import type { FailureShape } from './contract/failure.ts';
import type { Daybook } from './contract/index.ts';

type Reply = { ok: true; value: unknown } | ({ ok: false } & FailureShape);

/** Rejects with a plain object: an Error would lose its code on the way to the page. */
const caller = (channel: string) => async (input?: unknown) => {
  const reply = (await ipcRenderer.invoke(channel, input)) as Reply;
  if (reply.ok) return reply.value;
  const { code, detail, message } = reply;
  throw { code, detail, message } satisfies FailureShape;
};

const calls = Object.fromEntries(
  Object.entries(callNames).map(([noun, names]) => [
    noun,
    Object.fromEntries(Object.keys(names).map((name) => [name, caller(`${noun}.${name}`)])),
  ]),
);

const on = (event: string, listen: (payload: unknown) => void): (() => void) => {
  if (!Object.hasOwn(eventNames, event)) throw new Error('no such event');
  const hear = (_event: unknown, payload: unknown): void => {
    listen(payload);
  };
  ipcRenderer.on(eventChannel(event), hear);
  return () => {
    ipcRenderer.removeListener(eventChannel(event), hear);
  };
};

/** Electron before 32 has the path on the file itself. */
const pathOfDroppedFile = (file: File & { readonly path?: string }): string =>
  (webUtils as typeof webUtils | undefined)?.getPathForFile(file) ?? file.path ?? '';

contextBridge.exposeInMainWorld('daybook', { ...calls, on, pathOfDroppedFile } as unknown as Daybook);
