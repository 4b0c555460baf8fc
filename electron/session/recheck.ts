import { z } from 'zod';
import { Failure } from '../contract/failure.ts';
import { signedInUser } from '../contract/session.ts';
import { user } from '../contract/users.ts';
import type { Store } from '../redis/store.ts';
import type { Sessions } from './sessions.ts';

const reply = z.object({ user });

/** The user as they are now, or null when they may not be signed in any more. */
async function currentUser(store: Store, id: string): Promise<z.infer<typeof user> | null> {
  try {
    const found = reply.parse(await store.call('users_get', { id })).user;
    return found.active ? found : null;
  } catch (error) {
    if (error instanceof Failure && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

/**
 * Brings what sessions remember of their users up to date, after some user was changed.
 * @param onEnded told about each window whose user may not be signed in any more
 */
export async function recheckSessions(
  store: Store,
  sessions: Sessions,
  onEnded: (windowId: number) => void,
): Promise<void> {
  for (const { windowId, user: known } of sessions.all()) {
    const now = await currentUser(store, known.id);
    // Somebody else may have signed in at this window meanwhile.
    if (sessions.userAt(windowId)?.id !== known.id) continue;
    if (now) sessions.begin(windowId, signedInUser.parse(now));
    else onEnded(windowId);
  }
}
