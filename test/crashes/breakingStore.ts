import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Redis } from 'ioredis';
import { digestOfEngine } from '../../electron/office/backups/snapshot.ts';
import { openStore, officeNumber, type OpenStore } from '../../electron/office/openStore.ts';
import { halfDoneKey } from '../../electron/redis/call.ts';
import { connect } from '../../electron/redis/connection.ts';
import { assembleLibrary } from '../../electron/redis/library.ts';
import type { RecordBytes, Store } from '../../electron/redis/store.ts';
import { engineOptions, luaFolder } from '../support/engine.ts';
import { projectRoot } from '../support/projectRoot.ts';

/** Looks like one that repairs, but only answers. */
const onlyReads = 'repair_members';

/** Functions of the library that write. */
export function writingFunctions(): string[] {
  const text = readFileSync(path.join(projectRoot, 'lua/library.lua'), 'utf8');
  const named = [...text.matchAll(/^(write|release|look)\('(\w+)'/gm)];
  const all = named.map(([, how, name]) => (how === 'look' ? `repair_${name!}` : name!));
  return all.filter((name) => name !== onlyReads);
}

/**
 * The library of a test build, in which the write that a request names by `failAt` fails as if the engine had refused it;
 * without one nothing fails. Temporaries do not count.
 */
const breaking = (commands: readonly string[]): string => `
local fail_at, written = 0, 0
local real = engine
local writes = { ${commands.map((name) => `${name} = true`).join(', ')} }
local function count(command, first, second)
  if not writes[command] then return end
  if string.find(command == 'BITOP' and second or first, ':temporary:', 1, true) then return end
  written = written + 1
  if written == fail_at then error({ err = 'ERR broken by a test' }) end
end
local broken = {}
engine = function()
  local now = real()
  broken.set_repl, broken.REPL_NONE, broken.sha1hex = now.set_repl, now.REPL_NONE, now.sha1hex
  broken.call = function(command, ...) count(command, ...); return now.call(command, ...) end
  broken.pcall = function(command, ...) count(command, ...); return now.pcall(command, ...) end
  return broken
end
redis.engine = engine
local function armed(callback)
  return function(routing, arguments)
    fail_at, written = tonumber(string.match(arguments[1], '"failAt":(%d+)') or 0), 0
    return callback(routing, arguments)
  end
end
local register = redis.register_function
redis.register_function = function(first, second)
  if second then return register(first, armed(second)) end
  first.callback = armed(first.callback)
  return register(first)
end
`;

function breakingLibrary(): string {
  const { text } = assembleLibrary(luaFolder);
  const [, watched = ''] = /local writing = \{([\s\S]*?)\}/.exec(text) ?? [];
  const commands = [...watched.matchAll(/([A-Z]+) = true/g)].map(([, name]) => name!);
  const from = text.indexOf("modules['");
  return `${text.slice(0, from)}${breaking(commands).trim()}\n${text.slice(from)}`;
}

/** What came of one call that was broken off at each of its writes. */
export interface Broken {
  readonly functionName: string;
  /** At how many writes it was broken off. */
  readonly writes: number;
  /** How often a state in the middle was there, which the next start found. */
  readonly found: number;
}

/**
 * A store on which each function that writes is, the first time that it writes, broken off at each of its writes; after each
 * the office is opened again and must hold what it held before the call.
 */
export class BreakingStore implements Store {
  readonly outcomes: Broken[] = [];
  readonly #data: string;
  readonly #which: readonly string[];
  readonly #seen = new Set<string>();
  #open!: OpenStore;
  #behind!: Redis;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(data: string, which: readonly string[]) {
    this.#data = data;
    this.#which = which;
  }

  /** @param which functions are broken off */
  static async open(folder: string, which: readonly string[]): Promise<BreakingStore> {
    const store = new BreakingStore(path.join(folder, 'data'), which);
    await store.#start();
    return store;
  }

  /** Whether everything that was to be broken off was. */
  isDone(): boolean {
    return this.#which.every((name) => this.#seen.has(name));
  }

  /** A connection that looks behind the functions, until the office is opened again. */
  get behind(): Redis {
    return this.#behind;
  }

  async #start(): Promise<void> {
    this.#open = await openStore({ ...engineOptions(this.#data), luaFolder });
    const operations = await connect(this.#open.engine.endpoint, 'operations');
    await operations.call('FUNCTION', 'LOAD', 'REPLACE', breakingLibrary());
    operations.disconnect();
    // Each start loads two libraries into the engine's file; hundreds of starts would read them all again.
    await this.#open.compact();
    this.#behind = await connect(this.#open.engine.endpoint, 'daybook');
  }

  async #digest(): Promise<string> {
    return digestOfEngine(this.#open.engine.endpoint);
  }

  /** One after the other: while the office is opened again nobody else may ask. */
  #alone<T>(step: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(step);
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  call(functionName: string, request: object, ...binary: Uint8Array[]): Promise<unknown> {
    return this.#alone(() => this.#breakOff(functionName, request, binary));
  }

  async #breakOff(functionName: string, request: object, binary: Uint8Array[]): Promise<unknown> {
    if (this.#seen.has(functionName) || !this.#which.includes(functionName))
      return this.#open.store.call(functionName, request, ...binary);
    const before = await this.#digest();
    let found = 0;
    for (let failAt = 1; ; failAt += 1) {
      try {
        const reply = await this.#open.store.call(functionName, { ...request, failAt }, ...binary);
        // A call that writes nothing says nothing of the function; the next one may.
        if (failAt > 1) {
          this.#seen.add(functionName);
          this.outcomes.push({ functionName, writes: failAt - 1, found });
          console.log(
            `${functionName} broken off ${String(failAt - 1)} times, ${String(found)} in the middle`,
          );
        }
        return reply;
      } catch (error) {
        if (!String(error).includes('broken by a test')) throw error;
        if (await this.#reopenBroken()) found += 1;
        if ((await this.#digest()) !== before)
          throw new Error(`${functionName} broken off at write ${String(failAt)} left something behind`, {
            cause: error,
          });
      }
    }
  }

  /** @returns whether the office was left in the middle of the write */
  async #reopenBroken(): Promise<boolean> {
    // Once the store has told of it the engine is gone; else there is nothing half done.
    const isHalf = (await this.#behind.exists(halfDoneKey(officeNumber)).catch(() => 1)) === 1;
    if (!isHalf) return false;
    await this.#open.engine.ended;
    this.#behind.disconnect();
    await this.#open.close();
    await this.#start();
    return true;
  }

  writeRecords(first: number, records: RecordBytes): Promise<void> {
    return this.#alone(() => this.#open.store.writeRecords(first, records));
  }

  readRecords(rows: readonly number[]): Promise<(string | null)[]> {
    return this.#alone(() => this.#open.store.readRecords(rows));
  }

  async close(): Promise<void> {
    this.#behind.disconnect();
    await this.#open.close();
  }
}
