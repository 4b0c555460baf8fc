import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { isRead } from '../../electron/redis/reads.ts';
import { luaFolder } from '../support/engine.ts';

it('reads are the functions that the library registers as reads, and no others', () => {
  const text = readFileSync(path.join(luaFolder, 'library.lua'), 'utf8');
  const named = (kind: string): string[] =>
    [...text.matchAll(new RegExp(`^${kind}\\('(\\w+)'`, 'gm'))].map(([, name = '']) => name);
  const looks = named('look');
  const reads = [...named('read'), ...looks.map((name) => `check_${name}`)];
  const writes = [...named('write'), ...named('release'), ...looks.map((name) => `repair_${name}`)];
  expect(Math.min(reads.length, writes.length, looks.length)).toBeGreaterThan(10);
  expect(reads.filter((name) => !isRead(name))).toEqual([]);
  expect(writes.filter(isRead)).toEqual([]);
});
