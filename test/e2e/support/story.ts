import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { startProgram, type Program, type StartOptions } from './program.ts';
import { projectRoot } from './runtime.ts';

/** Demo offices that were made stay here, so that only the first story waits for one. */
export const demoCache = path.join(projectRoot, '.cache', 'e2e');
const pictures = path.join(projectRoot, 'test-results', 'e2e');

export type StoryOptions = Pick<StartOptions, 'args' | 'env'>;

/** What the tests of one file have in common: a folder of their own and one running program. */
export interface Story {
  readonly program: Program;
  readonly page: Page;
  /** Goes away when the story is over. */
  readonly folder: string;
  /** Ends the program; `restart` starts it again. */
  stop(): Promise<void>;
  /** Ends the program if it runs, and starts it again on the same folder. */
  restart(): Promise<void>;
  /** A second program beside the first; the caller stops it. */
  startBeside(options: StoryOptions & { readonly userData: string }): Promise<Program>;
  /** Keeps a picture of the window as an artefact. */
  picture(name: string, page?: Page): Promise<void>;
}

/**
 * Registers start and stop with the tests of this file.
 * @param options asked for when the folder is there
 */
export function story(name: string, options: (folder: string) => StoryOptions = () => ({})): Story {
  let program: Program | undefined;
  let folder = '';
  const start = (): Promise<Program> => {
    const { args = [], env = {} } = options(folder);
    return startProgram({
      userData: path.join(folder, 'profile'),
      args,
      env: { DAYBOOK_CACHE: demoCache, ...env },
    });
  };
  const stop = async (): Promise<void> => {
    const running = program;
    program = undefined;
    await running?.stop();
  };
  const now = (): Program => {
    if (!program) throw new Error('the program is not running');
    return program;
  };
  const picture = async (title: string, page = now().page): Promise<void> => {
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: path.join(pictures, `${name} ${title}.png`.replaceAll(' ', '-')) });
  };

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'daybook-e2e-'));
    program = await start();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail' || !program) return;
    await picture(`failed ${task.name}`.slice(0, 80).replaceAll(/[^\w ]/g, '')).catch(() => undefined);
  });
  afterAll(async () => {
    try {
      await stop();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  return {
    get program() {
      return now();
    },
    get page() {
      return now().page;
    },
    get folder() {
      return folder;
    },
    stop,
    async restart() {
      await stop();
      program = await start();
    },
    startBeside: ({ userData, args = [], env = {} }) =>
      startProgram({ userData, args, env: { DAYBOOK_CACHE: demoCache, ...env } }),
    picture,
  };
}
