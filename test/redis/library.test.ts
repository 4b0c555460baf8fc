import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assembleLibrary, loadLibrary } from '../../electron/redis/library.ts';
import { projectRoot, startStore, type TestStore } from '../support/startStore.ts';

const folders: string[] = [];

/** A Lua folder of its own, from module names and texts. */
function luaFolder(modules: Record<string, string>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'daybook-lua-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(modules)) {
    const file = path.join(folder, `${name.replaceAll('.', '/')}.lua`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('assembling the Lua library', () => {
  it('puts each module after what it requires', () => {
    const { text } = assembleLibrary(
      luaFolder({
        library: "local one = require('part.one')",
        'part.one': "local two = require('two')\nreturn two",
        two: 'return {}',
      }),
    );
    const places = ["modules['two']", "modules['part.one']", "modules['library']"].map((name) =>
      text.indexOf(name),
    );
    expect(places.every((place) => place > 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  it('names the module that is missing and who wants it', () => {
    const folder = luaFolder({ library: "local one = require('one')", one: "return require('nowhere')" });
    expect(() => assembleLibrary(folder)).toThrow('lua: one requires nowhere, which does not exist');
  });

  it('refuses modules that require each other in a circle', () => {
    const folder = luaFolder({
      library: "local a = require('a')",
      a: "return require('b')",
      b: "return require('a')",
    });
    expect(() => assembleLibrary(folder)).toThrow('lua: a requires b requires a');
  });

  it('refuses a module that nothing requires', () => {
    expect(() => assembleLibrary(luaFolder({ library: 'return {}', lost: 'return {}' }))).toThrow(
      'lua: nothing requires lost',
    );
  });

  it('tells a line of the whole by file and line', () => {
    const library = assembleLibrary(
      luaFolder({
        library: "local a = require('part.a')\n-- end",
        'part.a': '-- first\n-- second\nreturn {}',
      }),
    );
    const line = library.text.split('\n').indexOf('-- second') + 1;
    expect(library.origin(line)).toBe('lua/part/a.lua:2');
  });
});

describe('loading the Lua library', () => {
  let office: TestStore;
  beforeAll(async () => {
    office = await startStore();
  });
  afterAll(() => office.stop());

  it('writes nothing when the engine holds this very text already', async () => {
    const before = await office.redis.info('commandstats');
    await loadLibrary(office.redis, path.join(projectRoot, 'lua'));
    const calls = (text: string): string | undefined => /cmdstat_function\|load:calls=(\d+)/.exec(text)?.[1];
    expect(calls(await office.redis.info('commandstats'))).toBe(calls(before));
  });

  it('names the Lua file and line of an error, and keeps the library it had', async () => {
    const folder = luaFolder({
      library: "local a = require('broken')",
      broken: 'local fine = 1\nlocal = 2\nreturn {}',
    });
    await expect(loadLibrary(office.redis, folder)).rejects.toThrow('lua/broken.lua:2');
    await expect(office.store.call('office_status', {})).resolves.toMatchObject({ exists: true });
  });
});
