// The program without windows, as a process of its own that can be killed: it opens an office, imports a file or takes an
// import back when told to, and tells its parent how far it is. Started by ./doomedApp.ts with the office's folder and
// what there is to do.
import type { ImportProgress, Mapping } from '../../electron/contract/imports.ts';
import { administrator, newBackend, until } from '../support/backend.ts';
import { removeFolders } from '../support/engine.ts';
import { importFile, nothingPending, undoImport } from './imports.ts';

/** What it says. */
export type Said =
  | { readonly said: 'open' }
  | { readonly said: 'progress'; readonly progress: ImportProgress }
  | { readonly said: 'undo'; readonly state: UndoState }
  /** It is over, the office open, and nothing is left to be discarded. */
  | { readonly said: 'settled' };
/** How far the taking back of an import is. */
export type UndoState = 'begun' | 'done' | 'failed';
/** What it is told. */
export type Told = 'do' | 'end';
/** What it is there for: a planted file unless a mapping is given, or the journal's entry of an import. */
export type Task = { readonly file: string; readonly mapping?: Mapping } | { readonly undo: number };

const say = (what: Said): void => void process.send?.(what);
const [folder = '', encoded = ''] = process.argv.slice(2);
const task = JSON.parse(encoded) as Task;

const backend = newBackend({
  listen: ({ event, payload }) => {
    if (event === 'importProgress') say({ said: 'progress', progress: payload as ImportProgress });
  },
});

async function doIt(): Promise<void> {
  if ('file' in task) await importFile(backend, task.file, task.mapping);
  else {
    say({ said: 'undo', state: 'begun' });
    const isDone = await undoImport(backend, task.undo).then(
      () => true,
      () => false,
    );
    say({ said: 'undo', state: isDone ? 'done' : 'failed' });
  }
  // An engine that was killed is started again meanwhile.
  await until(() => nothingPending(backend), 60_000);
  say({ said: 'settled' });
}

process.on('message', (told: Told) => {
  if (told === 'do') void doIt();
  else
    void backend.close().then(() => {
      removeFolders();
      process.exit(0);
    });
});

await backend.office.open(folder);
await backend.ask(1, 'session.signIn', {
  userName: administrator.userName,
  password: administrator.password,
});
say({ said: 'open' });
