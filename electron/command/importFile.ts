import os from 'node:os';
import path from 'node:path';
import { today } from '../calendar/today.ts';
import { Failure } from '../contract/failure.ts';
import { failureSentence } from '../contract/failureText.ts';
import type { Mapping, OutcomeRow, ReportShow } from '../contract/imports.ts';
import { FileTrouble } from '../imports/file/fileTrouble.ts';
import { ImportJob } from '../imports/importJob.ts';
import { mappingTrouble } from '../imports/mapping/rowPlan.ts';
import { templatesOf, withTemplate } from '../imports/mapping/templates.ts';
import { readerFrom, type Reader } from '../imports/reader.ts';
import { discardLeftovers } from '../imports/store/discardLeftovers.ts';
import type { Log } from '../log.ts';
import { holdsOffice } from '../office/holdsOffice.ts';
import { openStore, type OpenStore } from '../office/openStore.ts';
import { transportHere } from '../redis/address.ts';
import { EngineTrouble, type TroubleReason } from '../redis/engine.ts';
import type { Store } from '../redis/store.ts';
import { fold } from '../text/fold.ts';

export interface ImportCommand {
  /** Folder of the office. */
  readonly office: string;
  readonly file: string;
  /** Name of a template; null for the one that fits, or a guess. */
  readonly template: string | null;
  readonly dryRun: boolean;
  /** Name of the user who imports; null for the office's first active administrator. */
  readonly user: string | null;
  readonly programs: { readonly launcher: string; readonly redisServer: string; readonly luaFolder: string };
  readonly readerFile: string | URL;
  readonly log: Log;
  /** Stops the import; nothing of it stays. */
  readonly signal?: AbortSignal;
}

/** What `imports.report` says of an import in the window, all of its rows included. */
export interface ImportCommandReport {
  readonly office: string;
  readonly file: string;
  readonly dryRun: boolean;
  /** Name of the template that was used. */
  readonly template: string | null;
  readonly state: 'done' | 'cancelled' | 'failed';
  /** One sentence, when failed. */
  readonly message: string;
  readonly counts: Readonly<Record<ReportShow, number>>;
  readonly newClients: number;
  readonly newUsers: number;
  readonly left: number;
  /** The journal's entry, by which the import can be undone; null when nothing came in. */
  readonly entry: number | null;
  readonly rows: readonly OutcomeRow[];
}

/** What keeps the command from beginning; the message is one sentence. */
export class CommandTrouble extends Error {}

const rowsPerPage = 1_000;

/**
 * Imports a file without a window.
 * @throws CommandTrouble when it cannot begin; nothing was written then
 */
export async function importFile(command: ImportCommand): Promise<ImportCommandReport> {
  const dataFolder = path.join(command.office, 'data');
  if (!holdsOffice(command.office))
    throw new CommandTrouble(`There is no office of Daybook in ${command.office}.`);
  const opened = await inSentences(() => open(command, dataFolder));
  try {
    return await inSentences(() => importInto(opened, command));
  } finally {
    await opened.close();
  }
}

function open({ programs, log }: ImportCommand, dataFolder: string): Promise<OpenStore> {
  const { launcher, redisServer, luaFolder } = programs;
  const engine = { launcher, redisServer, luaFolder, dataFolder, transport: transportHere(), log };
  return openStore({ ...engine, maxMemoryBytes: os.totalmem() / 2 });
}

async function importInto({ store, facts }: OpenStore, command: ImportCommand): Promise<ImportCommandReport> {
  if (!facts.exists) throw new Failure('NO_OFFICE', 'folder');
  await discardLeftovers(store);
  const actor = await userFor(store, command.user);
  const reader = readerFrom(command.readerFile);
  const { mapping, template } = await mappingFor(command, { store, reader, actor, zone: facts.zone });
  const job = await ImportJob.start({
    ...{ store, reader, actor, mapping, dryRun: command.dryRun, log: command.log, zone: facts.zone },
    ...{ path: command.file, label: path.basename(command.file), writeId: `command-${String(Date.now())}` },
    onProgress: () => undefined,
  });
  const cancel = (): void => void job.cancel();
  command.signal?.addEventListener('abort', cancel);
  await job.over;
  command.signal?.removeEventListener('abort', cancel);
  const report = await reportOf(job);
  await job.forget();
  return { office: command.office, file: command.file, template, ...report };
}

async function userFor(store: Store, name: string | null): Promise<string> {
  if (name === null) {
    return ((await store.call('users_administrator', {})) as { user: { id: string } }).user.id;
  }
  const { user } = (await store.call('users_credentials', { userNameKey: fold(name) })) as {
    user: { id: string; active: boolean };
  };
  if (!user.active) throw new CommandTrouble(`${name} cannot sign in any more.`);
  return user.id;
}

interface Reading {
  readonly store: Store;
  readonly reader: Reader;
  readonly actor: string;
  readonly zone: string;
}

async function mappingFor(
  { file, template: wanted }: ImportCommand,
  { store, reader, actor, zone }: Reading,
): Promise<{ mapping: Mapping; template: string | null }> {
  const templates = await templatesOf(store, actor);
  if (wanted !== null && !templates.some(({ name }) => fold(name) === fold(wanted)))
    throw new CommandTrouble(`The office has no template called ${wanted}.`);
  const inspection = withTemplate(await reader.inspect(file, today(zone)), templates, wanted);
  const { guess: mapping, template, columns } = inspection;
  const trouble = mappingTrouble(mapping);
  if (trouble !== null) throw new CommandTrouble(`${trouble}.`);
  const open = template === null ? columns[mapping.columns.indexOf('start')]?.dates?.open : null;
  if (open)
    throw new CommandTrouble(
      `The date ${open.sample} can be read in two ways; save a template that says which is meant, and name it with --map.`,
    );
  return { mapping, template };
}

async function reportOf(job: ImportJob): Promise<Omit<ImportCommandReport, 'office' | 'file' | 'template'>> {
  const { state, message } = job.progress;
  const rows: OutcomeRow[] = [];
  while (rows.length < job.outcomes.count('all'))
    rows.push(...(await job.outcomes.rows('all', rows.length, rowsPerPage)));
  return {
    ...job.report,
    ...{ state: state as ImportCommandReport['state'], message, rows },
  };
}

const troubles: Readonly<Record<TroubleReason, string>> = {
  missing: 'The database engine of Daybook is not where it should be.',
  unstartable: 'The data of this office cannot be opened.',
  locked: 'The office is open in another program. Close it there first.',
  newer: 'The data of this office is from a newer version of Daybook.',
  stopped: 'The database engine ended by itself.',
};

/** @throws CommandTrouble in place of whatever is known to go wrong */
async function inSentences<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof FileTrouble) throw new CommandTrouble(`${error.message}.`);
    if (error instanceof Failure) throw new CommandTrouble(failureSentence(error.code, error.detail));
    if (error instanceof EngineTrouble) throw new CommandTrouble(troubles[error.reason]);
    throw error;
  }
}
