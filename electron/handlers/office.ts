import { z } from 'zod';
import { Failure } from '../contract/failure.ts';
import { schemaVersion, type OfficeStatus } from '../contract/office.ts';
import { signedInUser } from '../contract/session.ts';
import { user } from '../contract/users.ts';
import type { OfficeHost } from '../office/officeHost.ts';
import { hashPassword } from '../session/password.ts';
import { fold } from '../text/fold.ts';
import type { HandlersOf } from './context.ts';
import type { Services } from './services.ts';

const created = z.object({ userId: z.string() });
const userReply = z.object({ user });

/** What is shown first: nothing is said about an office that cannot be reached. */
function stateOf(office: OfficeHost): Pick<OfficeStatus, 'state' | 'trouble' | 'name' | 'zone'> {
  const state = office.state();
  const nothing = { trouble: null, name: '', zone: '' };
  if (state.state === 'starting') return { ...nothing, state: 'starting' };
  if (state.state === 'open') {
    return { ...nothing, state: state.exists ? 'ready' : 'firstRun', name: state.name, zone: state.zone };
  }
  const { reason, path, log } = state.trouble;
  return { ...nothing, state: 'trouble', trouble: { reason, path, log } };
}

const zoneHere = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

export const officeHandlers = ({
  office,
  sessions,
  appVersion,
  onWritten,
}: Services): HandlersOf<'office'> => ({
  status: () =>
    Promise.resolve({
      ...stateOf(office),
      demo: office.isDemo,
      demoUsers: office.demo?.users ?? [],
      demoPassword: office.demo?.password ?? null,
      dataFolder: office.folder,
      appVersion,
    }),

  async reopen() {
    await office.reopen();
    return {};
  },

  async create({ name, zone, administrator }, { store, windowId }) {
    const { userName, displayName, password } = administrator;
    const reply = await store.call('office_create', {
      schema: schemaVersion,
      name,
      zone: zone ?? zoneHere(),
      administrator: { userName, userNameKey: fold(userName), displayName, nameKey: fold(displayName) },
      secret: await hashPassword(password),
    });
    const { userId } = created.parse(reply);
    const signedIn = signedInUser.parse(userReply.parse(await store.call('users_get', { id: userId })).user);
    sessions.begin(windowId, signedIn);
    await office.refresh();
    onWritten();
    return { user: signedIn };
  },

  async createDemo() {
    const state = office.state();
    if (state.state !== 'open' || state.exists) throw new Failure('CONFLICT', 'office');
    await office.openDemo();
    return {};
  },
});
