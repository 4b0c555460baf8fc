import { z } from 'zod';
import { Failure } from '../contract/failure.ts';
import { signedInUser, type SignedInUser } from '../contract/session.ts';
import { user } from '../contract/users.ts';
import { isKnownState } from '../office/officeState.ts';
import type { Store } from '../redis/store.ts';
import { passwordMatches, passwordOfNobody } from '../session/password.ts';
import { fold } from '../text/fold.ts';
import type { HandlersOf } from './context.ts';
import type { Services } from './services.ts';

const credentials = z.object({ user, secret: z.string().nullable() });
type Credentials = z.infer<typeof credentials>;

export async function credentialsOf(store: Store, userName: string): Promise<Credentials | null> {
  try {
    return credentials.parse(await store.call('users_credentials', { userNameKey: fold(userName) }));
  } catch (error) {
    if (error instanceof Failure && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

export const signedInUserOf = (found: Credentials['user']): SignedInUser => signedInUser.parse(found);

/**
 * The user whose name and password these are. A name nobody has, a user who may not sign in and a wrong password
 * take the same time and answer the same.
 * @throws Failure WRONG_PASSWORD
 */
export async function authenticate(store: Store, userName: string, password: string): Promise<SignedInUser> {
  const found = await credentialsOf(store, userName);
  const secret = found?.user.active === true ? found.secret : null;
  const isRight =
    secret === null ? await passwordOfNobody(password) : await passwordMatches(password, secret);
  if (!found || !isRight) throw new Failure('WRONG_PASSWORD');
  return signedInUserOf(found.user);
}

export const sessionHandlers = ({ office, sessions, throttle }: Services): HandlersOf<'session'> => ({
  async signIn(input, { store, windowId }) {
    const state = office.state();
    if (isKnownState(state) && !state.exists) throw new Failure('NO_OFFICE');
    const userName = input.userName.trim();
    throttle.attempt(fold(userName));
    const signedIn = await authenticate(store, userName, input.password);
    throttle.succeeded(fold(userName));
    sessions.begin(windowId, signedIn);
    return { user: signedIn };
  },

  signOut(_input, { windowId }) {
    sessions.end(windowId);
    return Promise.resolve({});
  },

  current: (_input, { windowId }) => Promise.resolve({ user: sessions.userAt(windowId) }),
});
