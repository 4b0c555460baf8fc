import { z } from 'zod';
import { Failure } from '../contract/failure.ts';
import type { SignedInUser } from '../contract/session.ts';
import { isKnownState } from '../office/officeState.ts';
import type { Store } from '../redis/store.ts';
import { hashPassword, passwordMatches, passwordOfNobody } from '../session/password.ts';
import { newRecoveryCode, plainRecoveryCode } from '../session/recoveryCode.ts';
import { fold } from '../text/fold.ts';
import type { HandlersOf } from './context.ts';
import type { Services } from './services.ts';
import { authenticate, credentialsOf, signedInUserOf } from './session.ts';

const credentials = z.object({ recovery: z.string().nullable() });

/** A code with what is kept of it. */
export async function makeRecoveryCode(): Promise<{ recoveryCode: string; recovery: string }> {
  const recoveryCode = newRecoveryCode();
  return { recoveryCode, recovery: await hashPassword(plainRecoveryCode(recoveryCode)) };
}

/** There is one code in the office, so guesses count together whomever they name. No user name holds a line break. */
const attemptsAtCode = '\nrecovery code';

/**
 * The administrator who may set a new password with this code. A name nobody has, one of another role, an office
 * without a code and a wrong code take the same time and answer the same.
 * @throws Failure WRONG_RECOVERY_CODE
 */
async function recoverable(
  store: Store,
  userName: string,
  code: string,
): Promise<{ user: SignedInUser; known: string }> {
  const [found, { recovery }] = await Promise.all([
    credentialsOf(store, userName),
    store.call('office_credentials', {}).then((reply) => credentials.parse(reply)),
  ]);
  const typed = plainRecoveryCode(code);
  const isRight = recovery === null ? await passwordOfNobody(typed) : await passwordMatches(typed, recovery);
  const isAdministrator = found?.user.active === true && found.user.role === 'administrator';
  if (!isRight || !isAdministrator || recovery === null) throw new Failure('WRONG_RECOVERY_CODE');
  return { user: signedInUserOf(found.user), known: recovery };
}

export const recoveryHandlers = ({
  office,
  sessions,
  throttle,
  onWritten,
}: Services): Pick<HandlersOf<'office'>, 'recover' | 'renewRecoveryCode'> => ({
  async recover({ userName, recoveryCode: typed, password }, { store, windowId }) {
    const state = office.state();
    if (isKnownState(state) && !state.exists) throw new Failure('NO_OFFICE');
    throttle.attempt(attemptsAtCode);
    const { user, known } = await recoverable(store, userName.trim(), typed);
    throttle.succeeded(attemptsAtCode);
    const [secret, { recoveryCode, recovery }] = [await hashPassword(password), await makeRecoveryCode()];
    await store.call('office_recover', { userId: user.id, secret, known, recovery });
    sessions.begin(windowId, user);
    onWritten();
    return { user, recoveryCode };
  },

  async renewRecoveryCode({ password }, { store, actor, windowId }) {
    const userName = sessions.userAt(windowId)?.userName ?? '';
    const name = fold(userName);
    throttle.attempt(name);
    await authenticate(store, userName, password).catch((error: unknown) => {
      const isWrong = error instanceof Failure && error.code === 'WRONG_PASSWORD';
      // Whose password it is needs no saying: they are signed in.
      throw isWrong ? new Failure('WRONG_PASSWORD', 'password') : error;
    });
    throttle.succeeded(name);
    const { recoveryCode, recovery } = await makeRecoveryCode();
    await store.call('office_renew_recovery', { actor, recovery });
    await office.refresh();
    onWritten();
    return { recoveryCode };
  },
});
