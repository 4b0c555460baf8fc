import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { luaFiles } from '../../electron/redis/luaFiles.ts';
import { luaFolder } from '../support/engine.ts';
import { startStore, type TestStore } from '../support/startStore.ts';

let server: TestStore;
beforeAll(async () => {
  server = await startStore();
});
afterAll(() => server.stop());

const textOf = (file: string): string => readFileSync(path.join(luaFolder, file), 'utf8');

it('every command of the library that writes is watched, and no other', async () => {
  // Also those that are handed on by name.
  const words = new Set(luaFiles(luaFolder).flatMap((file) => [...textOf(file).matchAll(/'([A-Z]{3,})'/g)].map(([, word]) => word!))); // prettier-ignore
  const infos = (await server.redis.call('COMMAND', 'INFO', ...words)) as (
    [string, number, string[]] | null
  )[];
  const writing = infos.flatMap((info) => (info?.[2].includes('write') ? [info[0].toUpperCase()] : []));
  const [, watched = ''] = /local writing = \{([\s\S]*?)\}/.exec(textOf('run.lua')) ?? [];
  expect([...watched.matchAll(/([A-Z]+) = true/g)].map(([, name]) => name!).sort()).toEqual(writing.sort());
});
