import { z } from 'zod';
import { backups } from './backups.ts';
import type { Call } from './call.ts';
import { checkProgress } from './check.ts';
import { clients } from './clients.ts';
import { drafts } from './drafts.ts';
import { exportProgress } from './export.ts';
import { health } from './health.ts';
import { imports, importProgress } from './imports.ts';
import { changed, journal } from './journal.ts';
import { meetings } from './meetings.ts';
import { office } from './office.ts';
import { offices } from './offices.ts';
import { session } from './session.ts';
import { updates } from './updates.ts';
import { users } from './users.ts';

/** Every call of the window to the main process, by noun. `contract.meetings.filter` is served on the channel `meetings.filter`. */
export const contract = {
  session,
  office,
  offices,
  meetings,
  clients,
  users,
  drafts,
  journal,
  imports,
  backups,
  updates,
  health,
} as const;
export type Contract = typeof contract;

/** What main pushes to windows. */
export const events = {
  /** Something was written; lists ask again. */
  changed,
  /** Progress of an import started from this window. */
  importProgress,
  /** Progress of a check started from this window. */
  checkProgress,
  /** Progress of an export started from this window. */
  exportProgress,
  /** The office's state changed (engine stopped, demo office ready, ...); ask `office.status` again. */
  officeStatus: z.object({}),
  /** Something changed about updates; sent to administrators only, who ask `updates.status` again. */
  updatesStatus: z.object({}),
  /** Something changed about backups; sent to administrators only, who ask `backups.list` again. */
  backupsStatus: z.object({}),
  /** The session of this window ended (user made inactive); show the sign-in. */
  signedOut: z.object({}),
  /** A menu command was chosen; `id` is one of the command registry. */
  command: z.object({ id: z.string() }),
} as const;
export type Events = { [name in keyof typeof events]: z.infer<(typeof events)[name]> };

export type InputOf<C> = C extends Call<infer I, z.ZodType> ? z.input<I> : never;
export type ParsedInputOf<C> = C extends Call<infer I, z.ZodType> ? z.output<I> : never;
export type OutputOf<C> = C extends Call<z.ZodType, infer O> ? z.output<O> : never;

type ClientCall<C> =
  undefined extends InputOf<C>
    ? (input?: InputOf<C>) => Promise<OutputOf<C>>
    : (input: InputOf<C>) => Promise<OutputOf<C>>;

/**
 * `window.daybook`: every call of the contract as a function that resolves to its output or rejects with a
 * `FailureShape` (a plain object `{ code, detail, message }`), `on` to listen to events (answers a function that stops
 * listening), and `pathOfDroppedFile`, the one thing of the preload that is no call.
 */
export type Daybook = {
  readonly [N in keyof Contract]: { readonly [K in keyof Contract[N]]: ClientCall<Contract[N][K]> };
} & {
  on<E extends keyof Events>(event: E, listen: (payload: Events[E]) => void): () => void;
  pathOfDroppedFile(file: File): string;
};
