import { existsSync } from 'node:fs';
import { z } from 'zod';
import { Failure } from '../contract/failure.ts';
import { office as contractOffice, schemaVersion, type OfficeStatus } from '../contract/office.ts';
import { signedInUser } from '../contract/session.ts';
import { user } from '../contract/users.ts';
import { isKnownState } from '../office/officeState.ts';
import type { OfficeHost } from '../office/officeHost.ts';
import { hashPassword } from '../session/password.ts';
import { fold } from '../text/fold.ts';
import { checkHandlers } from './checks.ts';
import type { HandlersOf } from './context.ts';
import { exportHandlers } from './exports.ts';
import { makeRecoveryCode, recoveryHandlers } from './recovery.ts';
import type { Services } from './services.ts';

const created = z.object({ userId: z.string() });
const updated = contractOffice.update.output;
const userReply = z.object({ user });

type Told = Pick<
  OfficeStatus,
  | 'state'
  | 'restarting'
  | 'trouble'
  | 'upgrading'
  | 'name'
  | 'colour'
  | 'version'
  | 'hasRecoveryCode'
  | 'zone'
>;

/** What is shown first: nothing is said about an office that cannot be reached. */
function stateOf(office: OfficeHost): Told {
  const state = office.state();
  const nothing = {
    restarting: false,
    trouble: null,
    upgrading: null,
    name: '',
    colour: 'blue' as const,
    version: 0,
    hasRecoveryCode: false,
    zone: '',
  };
  if (state.state === 'starting')
    return { ...nothing, state: 'starting', upgrading: state.upgrading ?? null };
  if (state.state === 'none') return { ...nothing, state: 'choosing' };
  if (isKnownState(state)) {
    const { exists, name, colour, version, hasRecoveryCode, zone } = state;
    return {
      state: exists ? 'ready' : 'firstRun',
      restarting: state.state === 'restarting',
      trouble: null,
      upgrading: null,
      ...{ name, colour, version, hasRecoveryCode, zone },
    };
  }
  const { reason, path, log, damage, program } = state.trouble;
  const mayOpenCopy = office.mayOpenCopy();
  return {
    ...nothing,
    state: 'trouble',
    trouble: { reason, path, log, mayOpenCopy, damage, program },
  };
}

const spaceNow = (office: OfficeHost): Pick<OfficeStatus, 'space' | 'freeBytes' | 'volume' | 'readOnly'> => {
  const { level, freeBytes, volume } = office.space();
  // A copy lies elsewhere, and nothing is written there.
  if (office.isReadOnlyCopy) return { space: 'ample', freeBytes: null, volume: '', readOnly: false };
  return { space: level, freeBytes, volume, readOnly: office.isReadOnly() };
};

const zoneHere = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

export const officeHandlers = (services: Services): HandlersOf<'office'> => {
  const { office, offices, sessions, appVersion, onWritten } = services;
  return {
    status: () =>
      Promise.resolve({
        ...stateOf(office),
        demo: office.isDemo,
        readOnlyCopy: office.isReadOnlyCopy,
        demoUsers: office.demo?.users ?? [],
        demoPassword: office.demo?.password ?? null,
        dataFolder: office.folder,
        appVersion,
        knownOffices: offices.count(),
        ...spaceNow(office),
      }),

    async reopen({ repair }) {
      await office.reopen({ repairs: repair });
      return {};
    },

    async openReadOnlyCopy() {
      await offices.openReadOnlyCopy();
      return {};
    },

    async closeReadOnlyCopy() {
      await offices.closeReadOnlyCopy();
      return {};
    },

    async showFolder() {
      if (office.state().state !== 'trouble') throw new Failure('NOT_ALLOWED', 'role');
      if (!existsSync(office.folder)) throw new Failure('NOT_FOUND', 'folder');
      await services.showFolder(office.folder);
      return {};
    },

    async create({ name, colour, zone, administrator }, { store, windowId }) {
      const { userName, displayName, password } = administrator;
      const { recoveryCode, recovery } = await makeRecoveryCode();
      const reply = await store.call('office_create', {
        schema: schemaVersion,
        program: appVersion,
        name,
        colour,
        zone: zone ?? zoneHere(),
        administrator: { userName, userNameKey: fold(userName), displayName, nameKey: fold(displayName) },
        secret: await hashPassword(password),
        recovery,
      });
      const { userId } = created.parse(reply);
      const signedIn = signedInUser.parse(
        userReply.parse(await store.call('users_get', { id: userId })).user,
      );
      sessions.begin(windowId, signedIn);
      await office.refresh();
      onWritten();
      return { user: signedIn, recoveryCode };
    },

    async update({ writeId, version, fields }, { store, actor }) {
      return updated.parse(await store.call('office_update', { actor, writeId, version, fields }));
    },

    ...recoveryHandlers(services),
    ...checkHandlers(services),
    ...exportHandlers(services),

    async createDemo() {
      const state = office.state();
      const isFree = state.state === 'none' || (isKnownState(state) && !state.exists);
      if (!isFree) throw new Failure('CONFLICT', 'office');
      await offices.openDemo();
      return {};
    },
  };
};
