import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { OfficeStatus } from '../../electron/contract/office.ts';
import { openStore } from '../../electron/office/openStore.ts';
import { OwnDiary, sumOf } from '../crashes/diary.ts';
import { importFile, nothingPending } from '../crashes/imports.ts';
import { judgeSaving } from '../crashes/judgeSaving.ts';
import type { PreparedOffice } from '../crashes/preparedOffice.ts';
import { all, asAdministrator, judgeClients, Writer } from '../crashes/rewriting.ts';
import { Savers } from '../crashes/savers.ts';
import { administrator, newBackend, until, type TestBackend } from '../support/backend.ts';
import { copyFolder } from '../support/damagedFolders.ts';
import { engineOptions, luaFolder } from '../support/engine.ts';
import type { Random } from '../support/random.ts';
import { fill, free, newVolume } from '../support/volumes.ts';

/** What is under way when the disk is full all of a sudden. */
export const works = ['save', 'import', 'rewrite', 'backup'] as const;
export type Work = (typeof works)[number];

export interface FullDiskOutcome {
  readonly work: Work;
  readonly acknowledged: number;
  /** From the last free byte until the office can be read, and from the room's return until something is saved. */
  readonly readMs: number;
  readonly writeMs: number;
  /** What became of the work, in its own words. */
  readonly came: string;
  readonly wrongs: readonly string[];
}

const megabyte = 1024 * 1024;
const spaceLimits = { lowBytes: 30 * megabyte, noneBytes: 10 * megabyte };
const patienceMs = 30_000;

const isReadOnly = async (backend: TestBackend): Promise<boolean> =>
  ((await backend.ask(1, 'office.status')) as OfficeStatus).readOnly;

const isReadable = (backend: TestBackend): Promise<boolean> =>
  backend.ask(1, 'meetings.filter', { limit: 50 }).then(
    () => true,
    () => false,
  );

/** @returns how long until the office can be read and is not written to, in milliseconds */
async function untilReadOnly(backend: TestBackend): Promise<number> {
  const began = performance.now();
  await until(async () => (await isReadOnly(backend)) && (await isReadable(backend)), patienceMs);
  return performance.now() - began;
}

/** @returns how long until somebody has saved, in milliseconds */
async function untilSaved(diary: OwnDiary): Promise<number> {
  const began = performance.now();
  const before = sumOf(diary);
  await until(() => sumOf(diary) > before, patienceMs);
  return performance.now() - began;
}

/** Does what is under way beside people who save. @returns what became of it */
function begin(work: Work, backend: TestBackend, { file }: PreparedOffice): Promise<string> {
  if (work === 'import')
    return importFile(backend, file).then(({ state, message }) => `${state}: ${message}`, String);
  if (work === 'backup')
    return backend.ask(1, 'backups.create').then(() => 'done', String) as Promise<string>;
  return Promise.resolve('');
}

/** Opens it anew, and lets it tidy up. */
async function visit(folder: string, use: (backend: TestBackend) => Promise<void>): Promise<void> {
  const backend = newBackend({ spaceLimits });
  try {
    await backend.office.open(folder);
    const { userName, password } = administrator;
    await backend.ask(1, 'session.signIn', { userName, password });
    await until(() => nothingPending(backend), 120_000);
    await use(backend);
  } finally {
    await backend.close();
  }
}

/** The disk fills up to its last byte while people save and something else is under way, then there is room again. */
async function fillWhileSaving(office: PreparedOffice, work: Work, random: Random): Promise<FullDiskOutcome> {
  const volume = newVolume(100);
  const folder = copyFolder(office.copy(), path.join(volume, 'office'));
  const diary = new OwnDiary();
  const backend = newBackend({ spaceLimits });
  try {
    await backend.office.open(folder);
    const savers = new Savers(backend, 'n', diary.note);
    await savers.start();
    const done = begin(work, backend, office);
    await pause(random.between(20, 400));
    fill(volume);
    const readMs = await untilReadOnly(backend);
    const came = await done;
    free(volume);
    const writeMs = await untilSaved(diary);
    await savers.end();
    await backend.close();
    // Another backup can be made: what the first one left is in nobody's way.
    await visit(folder, async (again) => {
      if (work === 'backup') await again.ask(1, 'backups.create');
    });
    const { wrongs, others } = await judgeSaving(path.join(folder, 'data'), diary, null);
    const isWhole =
      others === office.before || (work === 'import' && others === office.before + office.coming);
    const isNamed =
      work === 'backup'
        ? /^done|noRoom$/.test(came)
        : !came.startsWith('failed') || came.includes('The drive of this office is full');
    return {
      ...{ work, readMs, writeMs, came, acknowledged: sumOf(diary) },
      wrongs: [
        ...wrongs,
        ...(isWhole ? [] : [`${String(others)} other meetings`]),
        ...(isNamed ? [] : [`the disk is not named: ${came}`]),
      ],
    };
  } finally {
    await backend.close();
  }
}

/** The same while the engine writes its files anew; the program is then started on the full disk. */
async function fillWhileRewriting(office: PreparedOffice, random: Random): Promise<FullDiskOutcome> {
  const volume = newVolume(100);
  const folder = copyFolder(office.copy(), path.join(volume, 'office'));
  const dataFolder = path.join(folder, 'data');
  const opened = await openStore({ ...engineOptions(dataFolder), luaFolder });
  const context = await asAdministrator(opened);
  const writers = ['Acme', 'Bolt', 'Core'].map((name) => new Writer(name, context));
  await pause(30);
  const done = opened.compact().then(() => 'done', String);
  await pause(random.between(0, 120));
  fill(volume);
  const came = await Promise.race([done, opened.engine.ended]);
  await Promise.all(writers.map((writer) => writer.end()));
  await opened.close();
  const diary = new OwnDiary();
  const backend = newBackend({ spaceLimits });
  try {
    const began = performance.now();
    await backend.office.open(folder);
    const savers = new Savers(backend, 'n', diary.note);
    await savers.start();
    await untilReadOnly(backend);
    const readMs = performance.now() - began;
    free(volume);
    const writeMs = await untilSaved(diary);
    await savers.end();
    await backend.close();
    await visit(folder, () => Promise.resolve());
    const { wrongs } = await judgeSaving(dataFolder, diary, null);
    return {
      ...{ work: 'rewrite', readMs, writeMs, came, acknowledged: sumOf(diary) + all(writers).length },
      wrongs: [...wrongs, ...(await judgeClients(dataFolder, all(writers)))],
    };
  } finally {
    await backend.close();
  }
}

export const fillDuring = (office: PreparedOffice, work: Work, random: Random): Promise<FullDiskOutcome> =>
  work === 'rewrite' ? fillWhileRewriting(office, random) : fillWhileSaving(office, work, random);
