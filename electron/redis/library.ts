import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Redis } from 'ioredis';
import { luaFiles } from './luaFiles.ts';

/** Name of the function library in Redis. */
export const libraryName = 'daybook';
const entry = 'library';

export interface Library {
  /** The whole library as one Lua text. */
  readonly text: string;
  /** Tells where a line of the text comes from, as `lua/meetings.lua:11`. */
  origin(line: number): string | undefined;
}

/** Module names (`store.keys`) of all Lua files below a folder, with their texts. */
function readModules(folder: string): Map<string, string> {
  const modules = new Map<string, string>();
  for (const file of luaFiles(folder)) {
    modules.set(
      file.slice(0, -'.lua'.length).split(path.sep).join('.'),
      readFileSync(path.join(folder, file), 'utf8'),
    );
  }
  return modules;
}

const required = (text: string): string[] =>
  [...text.matchAll(/\brequire\('([a-z0-9_.]+)'\)/g)].map((match) => match[1]!);

/** Modules in an order in which each comes after what it requires. Refuses unknown modules and cycles, naming them. */
function arrange(modules: ReadonlyMap<string, string>): string[] {
  const arranged: string[] = [];
  const open: string[] = [];
  const visit = (name: string, by: string): void => {
    if (arranged.includes(name)) return;
    if (open.includes(name))
      throw new Error(`lua: ${[...open.slice(open.indexOf(name)), name].join(' requires ')}`);
    const text = modules.get(name);
    if (text === undefined) throw new Error(`lua: ${by} requires ${name}, which does not exist`);
    open.push(name);
    for (const other of required(text)) visit(other, name);
    open.pop();
    arranged.push(name);
  };
  visit(entry, 'the library');
  for (const name of modules.keys()) {
    if (!arranged.includes(name)) throw new Error(`lua: nothing requires ${name}`);
  }
  return arranged;
}

/**
 * The engine gives functions its table `redis` only when they run, and lets nobody change it. Modules see one of their own
 * in its place, in which lua/run.lua decides what `call` is.
 */
const ownRedis = [
  'local function engine() return redis end',
  'local redis = { engine = engine, register_function = engine().register_function }',
];

/**
 * Assembles the Lua folder into one Redis function library. Each file becomes a function of its own, so that names
 * never collide and the limit of 200 locals is per file; `require` finds what was made before.
 */
export function assembleLibrary(folder: string): Library {
  const modules = readModules(folder);
  const lines = [
    `#!lua name=${libraryName}`,
    'local modules = {}',
    'local function require(name) return modules[name] end',
    ...ownRedis,
  ];
  const starts: { line: number; file: string }[] = [];
  for (const name of arrange(modules)) {
    const text = modules.get(name)!.trimEnd();
    lines.push(`modules['${name}'] = (function()`);
    starts.push({ line: lines.length + 1, file: `lua/${name.replaceAll('.', '/')}.lua` });
    lines.push(...text.split('\n'), 'end)()');
  }
  return {
    text: lines.join('\n'),
    origin(line) {
      const start = starts.findLast((each) => each.line <= line);
      return start && `${start.file}:${String(line - start.line + 1)}`;
    },
  };
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Loads the library when Redis does not hold this very text already: loading is a write, and on a full disk a needless
 * write would end the engine.
 * @param operations connection of the user who may load functions
 * @throws Error naming file and line when the Lua text does not compile
 */
export async function loadLibrary(operations: Redis, folder: string): Promise<void> {
  const library = assembleLibrary(folder);
  const listed = (await operations.call(
    'FUNCTION',
    'LIST',
    'LIBRARYNAME',
    libraryName,
    'WITHCODE',
  )) as unknown[][];
  const held = listed[0]?.[listed[0].indexOf('library_code') + 1];
  if (typeof held === 'string' && digestOf(held) === digestOf(library.text)) return;
  try {
    await operations.call('FUNCTION', 'LOAD', 'REPLACE', library.text);
  } catch (error) {
    throw new Error(placed(String((error as Error).message), library), { cause: error });
  }
}

/** Replaces line numbers of the assembled text by file and line. */
export const placed = (message: string, library: Library): string =>
  message.replace(/user_function:(\d+)/g, (whole, line: string) => library.origin(Number(line)) ?? whole);
