import path from 'node:path';
import { today } from '../calendar/today.ts';
import { Failure } from '../contract/failure.ts';
import type { Mapping, OutcomeRow, ReportShow } from '../contract/imports.ts';
import { ImportJob } from '../imports/importJob.ts';
import { mappingTrouble } from '../imports/mapping/rowPlan.ts';
import { templatesOf, withTemplate } from '../imports/mapping/templates.ts';
import { readerFrom, type Reader } from '../imports/reader.ts';
import { discardLeftovers } from '../imports/store/discardLeftovers.ts';
import type { OpenStore } from '../office/openStore.ts';
import type { Store } from '../redis/store.ts';
import { fold } from '../text/fold.ts';
import { CommandTrouble, withOffice, type OfficeCommand } from './withOffice.ts';

export interface ImportCommand extends OfficeCommand {
  readonly file: string;
  /** Name of a template; null for the one that fits, or a guess. */
  readonly template: string | null;
  readonly dryRun: boolean;
  /** Name of the user who imports; null for the office's first active administrator. */
  readonly user: string | null;
  readonly readerFile: string | URL;
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

const rowsPerPage = 1_000;

/**
 * Imports a file without a window.
 * @throws CommandTrouble when it cannot begin; nothing was written then
 */
export async function importFile(command: ImportCommand): Promise<ImportCommandReport> {
  return withOffice(command, (opened) => importInto(opened, command));
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
