import { realpath, stat } from 'node:fs/promises';
import { clients as clientsContract } from '../contract/clients.ts';
import type { ExportReport } from '../contract/export.ts';
import { Failure } from '../contract/failure.ts';
import { journal as journalContract } from '../contract/journal.ts';
import { meetings as meetingsContract } from '../contract/meetings.ts';
import { exportOffice } from '../exports/exportOffice.ts';
import { sliceSize, type OfficeReads } from '../exports/officeReads.ts';
import { freeBytesAt } from '../places/space.ts';
import { standingTo } from '../places/standing.ts';
import { isKnownState } from '../office/officeState.ts';
import { clientsHandlers } from './clients.ts';
import type { Context, HandlersOf } from './context.ts';
import { journalHandlers } from './journal.ts';
import { meetingsHandlers } from './meetings.ts';
import type { Services } from './services.ts';
import { usersHandlers } from './users.ts';

/** Somebody asked for it, or is not signed in any more. */
class Cancelled extends Error {}

/** So much an export leaves free on the drive that the office itself needs. */
const leftForOfficeBytes = 150 * 1024 * 1024;

const troubles: Readonly<Record<string, string>> = {
  ENOSPC: 'noRoom',
  EDQUOT: 'noRoom',
  EFBIG: 'noRoom',
  ENOENT: 'gone',
  EIO: 'gone',
  ENODEV: 'gone',
  ENXIO: 'gone',
};

/** A failure of the store stays what it is; of the file system it is told in a sentence. */
function asFailure(error: unknown, log: Services['log']): Error {
  if (error instanceof Failure || error instanceof Cancelled) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  log.warn('export failed', {
    why: (error instanceof Error ? (error.stack ?? '') : String(error)).slice(0, 600),
  });
  return new Failure('NO_EXPORT', troubles[code] ?? (code.startsWith('E') ? 'folder' : 'failed'));
}

/** @throws Failure when the folder is not one to put an export into */
async function needGoodFolder(chosen: string, officeFolder: string): Promise<string> {
  try {
    if ((await standingTo(officeFolder, chosen)) !== 'outside') throw new Failure('NO_EXPORT', 'inOffice');
    return await realpath(chosen);
  } catch (error) {
    throw error instanceof Failure ? error : new Failure('NO_EXPORT', 'folder');
  }
}

/** @returns what throws as soon as the office would have too little room left on a drive that both share */
async function roomKeeper(into: string, officeFolder: string): Promise<() => Promise<void>> {
  const [one, other] = await Promise.all([stat(into), stat(officeFolder)]);
  if (one.dev !== other.dev) return () => Promise.resolve();
  return async () => {
    if ((await freeBytesAt(into)) < leftForOfficeBytes) throw new Failure('NO_EXPORT', 'noRoom');
  };
}

/** Reads with the rights of who asks. The store is the one of now: an export does not go on in another office. */
function readsOf(asked: Context, { archive }: Pick<Services, 'archive'>): OfficeReads {
  const context = { ...asked, store: asked.store };
  const { filter } = meetingsContract;
  const slice = async (input: object, cursor: string | null) =>
    meetingsHandlers.filter(
      filter.input.parse({ ...input, limit: sliceSize, ...(cursor !== null && { cursor }) }),
      context,
    );
  return {
    meetings: (cursor) => slice({ sort: [{ by: 'created', direction: 'ascending' }] }, cursor),
    meetingsOf: (clientId, cursor) =>
      slice({ where: { field: 'client', op: 'anyOf', values: [clientId] } }, cursor),
    clients: (offset) =>
      clientsHandlers.list(clientsContract.list.input.parse({ offset, limit: sliceSize }), context),
    users: async () => (await usersHandlers.list(undefined, context)).users,
    clientsOf: async (id) => (await usersHandlers.clients({ id }, context)).clientIds,
    journal: async (before) => {
      const input = journalContract.list.input.parse({ limit: 200, ...(before !== null && { before }) });
      const page = await journalHandlers(archive).list(input, context);
      if (page.isDamaged) throw new Failure('NO_EXPORT', 'journal');
      return page;
    },
  };
}

const nothing = { folder: '', meetings: 0, clients: 0, users: 0, bytes: 0, elapsedMs: 0 };

/** Progress is told so often at most. */
const tellEveryMs = 100;

type Calls = Pick<HandlersOf<'office'>, 'export' | 'cancelExport' | 'showExport'>;

/** Exports of the office; one goes on at a time. */
export function exportHandlers(services: Services): Calls {
  const { office, sessions, log } = services;
  let running: { readonly windowId: number; isCancelled: boolean } | null = null;
  /** The folder of the last export, by the user who made it. */
  const made = new Map<string, string>();

  async function run(into: string, withJournal: boolean, context: Context): Promise<ExportReport> {
    const { actor, windowId } = context;
    const state = office.state();
    const user = sessions.userAt(windowId);
    if (!isKnownState(state) || !user) throw new Failure('STORE_UNAVAILABLE', state.state);
    if (running) throw new Failure('CONFLICT', 'export');
    const own = { windowId, isCancelled: false };
    running = own;
    const began = performance.now();
    let told = -Infinity;
    try {
      const folder = await needGoodFolder(into, office.folder);
      const needRoom = await roomKeeper(folder, office.folder);
      const exported = await exportOffice({
        reads: readsOf(context, services),
        office: state,
        loss: office.lossOfCopy,
        by: user.displayName,
        ...{ appVersion: services.appVersion, into: folder, withJournal, at: new Date() },
        async needGoOn() {
          if (own.isCancelled || sessions.userAt(windowId)?.id !== actor) throw new Cancelled();
          await needRoom();
        },
        onProgress(progress) {
          if (performance.now() - told < tellEveryMs) return;
          told = performance.now();
          services.exportProgress(windowId, progress);
        },
      });
      made.set(actor, exported.folder);
      const elapsedMs = performance.now() - began;
      const { folder: _, ...counts } = exported;
      log.info('office exported', { ...counts, ms: Math.round(elapsedMs) });
      return { state: 'done', ...exported, elapsedMs };
    } finally {
      running = null;
    }
  }

  return {
    async export({ withJournal }, context) {
      if (running) throw new Failure('CONFLICT', 'export');
      const into = await services.chooseFolder(context.windowId, 'export');
      if (into === null) return { state: 'notChosen', ...nothing };
      try {
        return await run(into, withJournal, context);
      } catch (error) {
        const failure = asFailure(error, log);
        if (failure instanceof Cancelled) return { state: 'cancelled', ...nothing };
        throw failure;
      }
    },

    cancelExport(_input, { windowId }) {
      if (running?.windowId === windowId) running.isCancelled = true;
      return Promise.resolve({});
    },

    async showExport(_input, { actor }) {
      const folder = made.get(actor);
      if (folder !== undefined) await services.showFolder(folder);
      return {};
    },
  };
}
