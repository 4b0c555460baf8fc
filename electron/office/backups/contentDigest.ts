import { createHash, type Hash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** Types of values, in the order in which an office is read. */
const types = ['string', 'hash', 'set', 'zset', 'list', 'stream'] as const;
type ValueType = (typeof types)[number];

/** Keys asked for at once, texts fetched at once, and elements of a collection read at once. */
const scanned = 2_000;
const textsAtOnce = 100;
const collectionsAtOnce = 200;
const elementsAtOnce = 20_000;

/** Intermediate results of a call; none outlives it. */
const isTemporary = (key: string): boolean => /^\{ins:\d+\}:temporary:/.test(key);

/** A key's bytes as a text of as many letters; half the memory of a Buffer, and it sorts by bytes. */
const nameOf = (key: Buffer): string => key.toString('latin1');
const keyOf = (name: string): Buffer => Buffer.from(name, 'latin1');

/** Each part with its length before it, so that no two contents look alike. Many small parts are handed over as one. */
const feed = (hash: Hash, ...parts: readonly Buffer[]): void => {
  feedAll(hash, parts);
};

function feedAll(hash: Hash, parts: readonly Buffer[]): void {
  const all = Buffer.allocUnsafe(parts.reduce((sum, part) => sum + part.length + 4, 0));
  let at = 0;
  for (const part of parts) {
    at = all.writeUInt32BE(part.length, at);
    at += part.copy(all, at);
  }
  hash.update(all);
}

const hashOf = (type: ValueType): Hash => createHash('sha256').update(`${type}\0`);
const finished = (hash: Hash): string => hash.digest('binary');

const inOrder = (one: Buffer, other: Buffer): number => Buffer.compare(one, other);

/** What pages of a collection hold, each element once: a page may repeat what another had. */
function feedSorted(hash: Hash, elements: readonly (readonly Buffer[])[]): void {
  const sorted = elements.toSorted(([one], [other]) => inOrder(one!, other!));
  const once = sorted.filter((element, at) => at === 0 || !sorted[at - 1]![0]!.equals(element[0]!));
  feedAll(hash, once.flat());
}

function inPairs(flat: readonly Buffer[]): Buffer[][] {
  const pairs: Buffer[][] = [];
  for (let at = 0; at < flat.length; at += 2) pairs.push([flat[at]!, flat[at + 1]!]);
  return pairs;
}

type Page = [Buffer, Buffer[]];
type Ask = (...command: (string | number | Buffer)[]) => Promise<unknown>;

const setElements = (flat: readonly Buffer[]): Buffer[][] => flat.map((element) => [element]);

async function unordered(ask: Ask, command: 'SSCAN' | 'HSCAN', key: Buffer, hash: Hash): Promise<void> {
  const elementsOf = command === 'SSCAN' ? setElements : inPairs;
  const elements: Buffer[][] = [];
  let cursor: Buffer | string = '0';
  do {
    const [next, page] = (await ask(command, key, cursor, 'COUNT', elementsAtOnce)) as Page;
    for (const element of elementsOf(page)) elements.push(element);
    cursor = next;
  } while (String(cursor) !== '0');
  feedSorted(hash, elements);
}

/** Sorted sets and lists have an order of their own, the same in every form they are kept in. */
async function ranged(ask: Ask, command: 'ZRANGE' | 'LRANGE', key: Buffer, hash: Hash): Promise<void> {
  const scores = command === 'ZRANGE' ? ['WITHSCORES'] : [];
  for (let from = 0; ; from += elementsAtOnce) {
    const page = (await ask(command, key, from, from + elementsAtOnce - 1, ...scores)) as Buffer[];
    feedAll(hash, page);
    if (page.length / (1 + scores.length) < elementsAtOnce) return;
  }
}

type Entry = [Buffer, Buffer[]];

async function streamed(ask: Ask, key: Buffer, hash: Hash): Promise<void> {
  for (let from = '-'; ;) {
    const page = (await ask('XRANGE', key, from, '+', 'COUNT', elementsAtOnce)) as Entry[];
    for (const [id, fields] of page) feed(hash, id, Buffer.from(String(fields.length)), ...fields);
    if (page.length < elementsAtOnce) return;
    from = `(${String(page.at(-1)![0])}`;
  }
}

/** The next entry's number follows from the last one given out, even when that entry is gone. */
async function lastOfStream(ask: Ask, key: Buffer, hash: Hash): Promise<void> {
  const facts = (await ask('XINFO', 'STREAM', key)) as (Buffer | number)[];
  const at = facts.findIndex((fact) => String(fact) === 'last-generated-id');
  feed(hash, Buffer.from(String(facts[at + 1])));
}

async function collectionDigest(ask: Ask, type: ValueType, key: Buffer): Promise<string> {
  const hash = hashOf(type);
  if (type === 'set') await unordered(ask, 'SSCAN', key, hash);
  else if (type === 'hash') await unordered(ask, 'HSCAN', key, hash);
  else if (type === 'zset') await ranged(ask, 'ZRANGE', key, hash);
  else if (type === 'list') await ranged(ask, 'LRANGE', key, hash);
  else {
    await streamed(ask, key, hash);
    await lastOfStream(ask, key, hash);
  }
  return finished(hash);
}

function textDigest(text: Buffer): string {
  const hash = hashOf('string');
  feed(hash, text);
  return finished(hash);
}

const isGone = (error: unknown): boolean =>
  error instanceof Error && /^(WRONGTYPE|ERR no such key)/.test(error.message);

/**
 * What an engine holds, as one SHA-256 for each key. All of it is one digest: every key in the order of its bytes, with
 * its type and its value, whatever form the engine keeps it in; without the temporaries of calls, and without the library.
 */
export class ContentDigest {
  readonly #app: Redis;
  readonly #keys = new Map<string, string>();

  /** @param app connection of the account `daybook`, which may read what offices hold */
  constructor(app: Redis) {
    this.#app = app;
  }

  /** How many keys there are. */
  get size(): number {
    return this.#keys.size;
  }

  #ask: Ask = (command, ...parts) => this.#app.callBuffer(String(command), parts);

  /** Reads everything. What is written meanwhile may be in it or not: see `readAgain`. */
  async read(): Promise<void> {
    this.#keys.clear();
    for (const type of types) {
      let cursor = '0';
      do {
        const [next, keys] = (await this.#ask('SCAN', cursor, 'COUNT', scanned, 'TYPE', type)) as Page;
        cursor = String(next);
        await this.#readKeys(type, keys);
      } while (cursor !== '0');
    }
  }

  async #readKeys(type: ValueType, keys: readonly Buffer[]): Promise<void> {
    const lasting = keys.filter((key) => !isTemporary(nameOf(key)));
    const atOnce = type === 'string' ? textsAtOnce : collectionsAtOnce;
    for (let from = 0; from < lasting.length; from += atOnce) {
      const some = lasting.slice(from, from + atOnce);
      if (type === 'string') await this.#readTexts(some);
      else await Promise.all(some.map((key) => this.#readCollection(type, key)));
    }
  }

  async #readTexts(keys: readonly Buffer[]): Promise<void> {
    const texts = (await this.#ask('MGET', ...keys)) as (Buffer | null)[];
    keys.forEach((key, at) => {
      const text = texts[at];
      if (text) this.#keys.set(nameOf(key), textDigest(text));
      else this.#keys.delete(nameOf(key));
    });
  }

  /** What disappears while it is read is named by the engine's log, and read again. */
  async #readCollection(type: ValueType, key: Buffer): Promise<void> {
    try {
      this.#keys.set(nameOf(key), await collectionDigest(this.#ask, type, key));
    } catch (error) {
      if (!isGone(error)) throw error;
      this.#keys.delete(nameOf(key));
    }
  }

  /** Reads some keys anew; those that are gone are left out. @param names as `keysInLog` tells them */
  async readAgain(names: Iterable<string>): Promise<void> {
    const keys = [...names].filter((name) => !isTemporary(name)).map(keyOf);
    const found = new Map<string, Buffer[]>();
    for (let from = 0; from < keys.length; from += collectionsAtOnce) {
      const some = keys.slice(from, from + collectionsAtOnce);
      const told = await Promise.all(some.map((key) => this.#ask('TYPE', key)));
      some.forEach((key, at) => {
        const type = String(told[at]);
        if (type === 'none') this.#keys.delete(nameOf(key));
        else found.set(type, [...(found.get(type) ?? []), key]);
      });
    }
    for (const type of types) await this.#readKeys(type, found.get(type) ?? []);
  }

  /** All of it: 64 hexadecimal digits. */
  value(): string {
    const hash = createHash('sha256');
    for (const name of [...this.#keys.keys()].sort()) {
      feed(hash, keyOf(name));
      hash.update(this.#keys.get(name)!, 'latin1');
    }
    return hash.digest('hex');
  }
}
