import path from 'node:path';
import { createBackend, type Backend } from '../../electron/backend.ts';
import type { Events } from '../../electron/contract/index.ts';
import type { SealingLimits } from '../../electron/journal/sealing.ts';
import { silentLog } from '../../electron/log.ts';
import type { SpaceLimits } from '../../electron/places/space.ts';
import type { UpdateParts } from '../../electron/officeUpdates.ts';
import { enginePrograms, luaFolder, newFolder, until } from './engine.ts';
import { projectRoot } from './projectRoot.ts';
import { RecordingInstaller, startLook } from './updates.ts';

export interface Heard {
  readonly windowId: number | 'all';
  readonly event: keyof Events;
  readonly payload: unknown;
}

export interface TestBackend extends Backend {
  /** Everything windows were told, in order. */
  readonly heard: Heard[];
  /** Makes a call and answers its value, or throws its code and detail. */
  ask(windowId: number, channel: string, input?: unknown): Promise<never>;
}

/** The program without windows: real engine, real library, an empty folder. */
export function newBackend(
  options: {
    sealing?: SealingLimits;
    redisServer?: string;
    settingsFolder?: string;
    chooseFolder?: () => string | null;
    chooseFile?: () => string | null;
    chooseBundleFile?: () => string | null;
    showFolder?: (folder: string) => void;
    chooseBackup?: () => string | null;
    /** Told what windows are told, at once. */
    listen?: (heard: Heard) => void;
    updates?: Partial<UpdateParts>;
    appVersion?: string;
    spaceLimits?: SpaceLimits;
  } = {},
): TestBackend {
  const heard: Heard[] = [];
  const hear = (one: Heard): void => {
    heard.push(one);
    options.listen?.(one);
  };
  const cache = newFolder();
  const backend = createBackend({
    paths: {
      launcher: enginePrograms.launcher,
      redisServer: options.redisServer ?? enginePrograms.redisServer,
      lua: luaFolder,
      importReader: path.join(projectRoot, 'electron/imports/reader.worker.ts'),
    },
    settingsFolder: options.settingsFolder ?? newFolder(),
    remembersOffices: true,
    appVersion: options.appVersion ?? '0.0.0',
    demoCache: () => ({ folder: cache, digest: 'demo' }),
    audience: {
      send: (windowId, event, payload) => hear({ windowId, event, payload }),
      broadcast: (event, payload) => hear({ windowId: 'all', event, payload }),
      chooseFile: () => Promise.resolve(options.chooseFile?.() ?? null),
      chooseReportFile: () => Promise.resolve(null),
      chooseBundleFile: () => Promise.resolve(options.chooseBundleFile?.() ?? null),
      showFolder: (folder) => {
        options.showFolder?.(folder);
        return Promise.resolve();
      },
      chooseBackup: () => Promise.resolve(options.chooseBackup?.() ?? null),
      chooseFolder: () => Promise.resolve(options.chooseFolder?.() ?? null),
    },
    updates: {
      publicKey: '',
      startLook,
      installer: new RecordingInstaller(),
      ...options.updates,
    },
    log: silentLog,
    ...(options.spaceLimits && { spaceLimits: options.spaceLimits }),
    ...(options.sealing && { sealing: options.sealing }),
  });
  return Object.assign(backend, {
    heard,
    async ask(windowId: number, channel: string, input?: unknown): Promise<never> {
      const reply = await backend.serve(channel, input, windowId);
      if (!reply.ok) throw new Error(`${reply.code} ${reply.detail}`);
      return reply.value as never;
    },
  });
}

export const administrator = { userName: 'Ada', displayName: 'Ada Min', password: 'correct horse' };

/** An office with its administrator, who is signed in at window 1. */
export async function newOffice(backend: TestBackend, folder = newFolder()): Promise<string> {
  await backend.office.open(folder);
  await backend.ask(1, 'office.create', { name: 'Test office', zone: 'Europe/Brussels', administrator });
  return folder;
}

export { until };
