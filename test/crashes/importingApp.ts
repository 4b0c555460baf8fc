// The program without windows, as a process of its own that can be killed: it opens an office, imports a file when told
// to, and tells its parent how far it is. Started by ./doomedApp.ts with the office's folder and the file.
import type { ImportProgress } from '../../electron/contract/imports.ts';
import { administrator, newBackend, until } from '../support/backend.ts';
import { removeFolders } from '../support/engine.ts';
import { importFile, nothingPending } from './imports.ts';

/** What it says. */
export type Said =
  | { readonly said: 'open' }
  | { readonly said: 'progress'; readonly progress: ImportProgress }
  /** The import is over, the office open, and nothing is left to be discarded. */
  | { readonly said: 'settled' };
/** What it is told. */
export type Told = 'import' | 'end';

const say = (what: Said): void => void process.send?.(what);
const [folder = '', file = ''] = process.argv.slice(2);

const backend = newBackend({
  listen: ({ event, payload }) => {
    if (event === 'importProgress') say({ said: 'progress', progress: payload as ImportProgress });
  },
});

async function importIt(): Promise<void> {
  await importFile(backend, file);
  // An engine that was killed is started again meanwhile.
  await until(() => nothingPending(backend), 60_000);
  say({ said: 'settled' });
}

process.on('message', (told: Told) => {
  if (told === 'import') void importIt();
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
