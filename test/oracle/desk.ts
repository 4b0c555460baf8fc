import { contract } from '../../electron/contract/index.ts';
import { clientsHandlers } from '../../electron/handlers/clients.ts';
import { journalHandlers } from '../../electron/handlers/journal.ts';
import { meetingsHandlers } from '../../electron/handlers/meetings.ts';
import { usersHandlers } from '../../electron/handlers/users.ts';
import { createServe } from '../../electron/ipc/serve.ts';
import { logTo } from '../../electron/log.ts';
import type { SignedInUser } from '../../electron/contract/session.ts';
import type { Envelope } from '../../electron/ipc/serve.ts';
import type { TestStore } from '../support/startStore.ts';

/** A window's way into the program, for whoever is said to sit at it; without Electron, with everything behind it. */
export interface Desk {
  /** @param userId who is signed in; empty for nobody */
  ask(channel: string, input: unknown, userId?: string): Promise<Envelope>;
  /** Number of the last journal entry. */
  journalHead(): Promise<number>;
}

export function deskOf(office: TestStore): Desk {
  const users = new Map<number, SignedInUser>();
  const handlers = {
    meetings: meetingsHandlers,
    clients: clientsHandlers,
    users: usersHandlers,
    journal: journalHandlers({ older: () => Promise.resolve([]) }),
  };
  const serve = createServe({
    calls: contract,
    handlers,
    userAt: (windowId) => users.get(windowId) ?? null,
    context: (_windowId, actor) => office.as(actor),
    onSignedOut: (windowId) => users.delete(windowId),
    onWritten: () => undefined,
    log: logTo(() => undefined),
  });
  let windows = 0;
  return {
    async ask(channel, input, userId = office.administrator) {
      windows += 1;
      if (userId !== '') users.set(windows, await signedIn(office, userId));
      return serve(channel, input, windows);
    },
    async journalHead() {
      return ((await office.store.call('journal_head', {})) as { last: number }).last;
    },
  };
}

async function signedIn(office: TestStore, id: string): Promise<SignedInUser> {
  return ((await office.store.call('users_get', { id })) as { user: SignedInUser }).user;
}
