import { afterEach, describe, expect, it } from 'vitest';
import { compact } from '../../../electron/office/compaction.ts';
import { ContentDigest } from '../../../electron/office/backups/contentDigest.ts';
import { connect } from '../../../electron/redis/connection.ts';
import { startEngine, type Engine } from '../../../electron/redis/engine.ts';
import { engineOptions, newFolder, removeFolders } from '../../support/engine.ts';

const engines: Engine[] = [];
const start = async (folder: string): Promise<Engine> => {
  const engine = await startEngine(engineOptions(folder));
  engines.push(engine);
  return engine;
};
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()));
  removeFolders();
});

async function digestOf(engine: Engine): Promise<string> {
  const app = await connect(engine.endpoint, 'daybook');
  const digest = new ContentDigest(app);
  await digest.read();
  app.disconnect();
  return digest.value();
}

/** Values of every type, small and large enough to be kept in each of the engine's forms. */
const content: (string | number | Buffer)[][] = [
  ['SET', '{ins:1}:text', 'Café'],
  ['SET', '{ins:1}:bytes', Buffer.from([0, 255, 13, 10, 128])],
  ['SETBIT', '{ins:1}:bits', 70_000, 1],
  ['SADD', '{ins:1}:numbers', 1, 2, 3],
  ['SADD', '{ins:1}:words', 'a', 'b', 'ü'],
  ['SADD', '{ins:1}:many', ...Array.from({ length: 21_000 }, (_, at) => `member ${String(at)}`)],
  ['HSET', '{ins:1}:fields', 'name', 'Acme', 'city', 'Gent'],
  ['HSET', '{ins:1}:manyFields', ...Array.from({ length: 21_000 }, (_, at) => `f${String(at)}`)],
  ['ZADD', '{ins:1}:places', 1, 'one', 2.5, 'two', 2.5, 'also two'],
  ['ZADD', '{ins:1}:manyPlaces', ...Array.from({ length: 21_000 }, (_, at) => [0, `w${String(at)}`]).flat()],
  ['RPUSH', '{ins:1}:list', 'b', 'a', 'b'],
  ['XADD', '{ins:1}:journal', '1-0', 'entry', 'first'],
  ['XADD', '{ins:1}:journal', '2-0', 'entry', 'second'],
];

/** One change of each kind of key, its form aside. */
const changes: (string | number)[][] = [
  ['SET', '{ins:1}:text', 'Cafe'],
  ['SETBIT', '{ins:1}:bits', 3, 1],
  ['SADD', '{ins:1}:numbers', 4],
  ['SREM', '{ins:1}:words', 'ü'],
  ['SADD', '{ins:1}:many', 'one more'],
  ['HSET', '{ins:1}:fields', 'city', 'Geel'],
  ['HDEL', '{ins:1}:manyFields', 'f100'],
  ['ZADD', '{ins:1}:places', 1.0000001, 'one'],
  ['ZREM', '{ins:1}:manyPlaces', 'w8999'],
  ['LSET', '{ins:1}:list', 2, 'a'],
  ['XDEL', '{ins:1}:journal', '1-0'],
  ['XADD', '{ins:1}:journal', '3-0', 'entry', 'third'],
  ['XDEL', '{ins:1}:journal', '3-0'],
  ['DEL', '{ins:1}:fields'],
  ['SET', '{ins:1}:new', ''],
  ['RENAME', '{ins:1}:new', '{ins:1}:newer'],
];

describe('The digest of an office’s content', () => {
  it('stays the same whatever form its values are kept in, and changes with any of them', async () => {
    const folder = newFolder();
    let engine = await start(folder);
    let app = await connect(engine.endpoint, 'daybook');
    for (const [command = '', ...parts] of content) await app.call(String(command), parts);
    const digest = await digestOf(engine);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    // A set that held a word once is kept in another form than one that never did.
    await app.sadd('{ins:1}:numbers', 'word');
    await app.srem('{ins:1}:numbers', 'word');
    await app.hset('{ins:1}:fields', 'long', 'x'.repeat(2_000));
    await app.hdel('{ins:1}:fields', 'long');
    expect(await app.object('ENCODING', '{ins:1}:numbers')).not.toBe('intset');
    await app.set('{ins:1}:temporary:1', 'of a call');
    expect(await digestOf(engine)).toBe(digest);
    await app.del('{ins:1}:temporary:1');
    app.disconnect();

    const operations = await connect(engine.endpoint, 'operations');
    await compact(operations);
    operations.disconnect();
    expect(await digestOf(engine)).toBe(digest);
    await engine.stop();
    engine = await start(folder);
    app = await connect(engine.endpoint, 'daybook');
    expect(await app.object('ENCODING', '{ins:1}:numbers')).toBe('intset');
    expect(await digestOf(engine)).toBe(digest);

    const seen = new Map([[digest, 'nothing']]);
    for (const change of changes) {
      const [command = '', ...parts] = change;
      await app.call(String(command), parts);
      const after = await digestOf(engine);
      expect(seen.get(after), change.join(' ')).toBeUndefined();
      seen.set(after, change.join(' '));
    }
    app.disconnect();
  });

  it('is the same when only what was written since is read again', async () => {
    const engine = await start(newFolder());
    const app = await connect(engine.endpoint, 'daybook');
    for (const [command = '', ...parts] of content) await app.call(String(command), parts);
    const digest = new ContentDigest(app);
    await digest.read();
    for (const [command = '', ...parts] of changes) await app.call(String(command), parts);
    const before = digest.value();
    await digest.readAgain(
      changes.flatMap((parts) => parts.map(String)).filter((part) => part.startsWith('{ins:')),
    );
    expect(digest.value()).not.toBe(before);
    expect(digest.value()).toBe(await digestOf(engine));
    app.disconnect();
  });
});
