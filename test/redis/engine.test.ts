import { appendFileSync, chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { connect as openSocket } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { connect } from '../../electron/redis/connection.ts';
import {
  startEngine,
  type Engine,
  type EngineOptions,
  type EngineTrouble,
} from '../../electron/redis/engine.ts';
import { engineOptions, fileNames, isRunning, newFolder, removeFolders } from '../support/engine.ts';

const library = `#!lua name=tiny
redis.register_function('keep', function(keys, args)
  redis.call('INCR', '{ins:1}:count')
  return redis.call('SET', keys[1], args[1])
end)
redis.register_function('wipe', function() return redis.call('FLUSHALL') end)`;

const engines: Engine[] = [];
const start = async (options: EngineOptions): Promise<Engine> => {
  const engine = await startEngine(options);
  engines.push(engine);
  return engine;
};
const trouble = (options: EngineOptions): Promise<EngineTrouble> =>
  start(options).then(
    () => Promise.reject(new Error('it started')),
    (error: unknown) => error as EngineTrouble,
  );

/** What a stranger hears who says one line. */
const say = ({ endpoint }: Engine, line: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = openSocket(endpoint.address, () => socket.write(`${line}\r\n`));
    socket.once('error', reject);
    socket.once('data', (reply) => {
      socket.destroy();
      resolve(reply.toString());
    });
  });

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()));
  removeFolders();
});

describe.each(['socket', 'tcp'] as const)('an engine reached by %s', (transport) => {
  it('keeps what was written from one run to the next', async () => {
    const folder = path.join(newFolder(), 'with "quotes" ü', 'data');
    const first = await start(engineOptions(folder, transport));
    const operations = await connect(first.endpoint, 'operations');
    await operations.call('FUNCTION', 'LOAD', library);
    const app = await connect(first.endpoint, 'daybook');
    expect(await app.call('FCALL', 'keep', 1, '{ins:1}:note', 'hello')).toBe('OK');
    await first.stop();
    expect(isRunning(first.pid)).toBe(false);

    const second = await start(engineOptions(folder, transport));
    const again = await connect(second.endpoint, 'daybook');
    expect(await again.mget('{ins:1}:note', '{ins:1}:count')).toEqual(['hello', '1']);
    expect(second.endpoint.passwords).not.toEqual(first.endpoint.passwords);
  });

  it('lets nobody in without the password', async () => {
    const engine = await start(engineOptions(newFolder(), transport));
    expect(await say(engine, 'PING')).toMatch(/^-NOAUTH/);
    expect(await say(engine, 'AUTH daybook guessed')).toMatch(/^-WRONGPASS/);
    expect(await say(engine, 'AUTH default anything')).toMatch(/^-WRONGPASS/);
    expect(await say(engine, `AUTH daybook ${engine.endpoint.passwords.daybook}`)).toMatch(/^\+OK/);
  });
});

describe('the account of the handlers', () => {
  it.each([
    ['CONFIG', 'GET', 'dir'],
    ['CONFIG', 'SET', 'appendfsync', 'no'],
    ['FLUSHALL'],
    ['FLUSHDB'],
    ['KEYS', '*'],
    ['EVAL', 'return 1', '0'],
    ['FUNCTION', 'LOAD', library],
    ['FUNCTION', 'FLUSH'],
    ['SHUTDOWN'],
    ['BGREWRITEAOF'],
    ['DEBUG', 'SLEEP', '0'],
    ['REPLICAOF', 'example.com', '6379'],
    ['MONITOR'],
    ['ACL', 'LIST'],
    ['CLIENT', 'LIST'],
    ['INFO'],
    ['GET', 'no office key'],
    ['FCALL', 'wipe', '0'],
  ])('may not %s %s', async (...command) => {
    const engine = await start(engineOptions(newFolder()));
    const operations = await connect(engine.endpoint, 'operations');
    await operations.call('FUNCTION', 'LOAD', library);
    const app = await connect(engine.endpoint, 'daybook');
    const [name = '', ...args] = command;
    await expect(app.call(name, ...args)).rejects.toThrow(
      /NOPERM|can't run this command|ACL failure|command not allowed/i,
    );
    expect(await app.ping()).toBe('PONG');
  });

  it('of operations may not read what an office keeps', async () => {
    const engine = await start(engineOptions(newFolder()));
    const operations = await connect(engine.endpoint, 'operations');
    await expect(operations.get('{ins:1}:note')).rejects.toThrow('NOPERM');
    expect(await operations.config('GET', 'appendfsync')).toEqual(['appendfsync', 'always']);
  });
});

describe('trouble', () => {
  it('is told when a program is missing', async () => {
    const options = engineOptions(newFolder());
    expect(await trouble({ ...options, redisServer: '/nowhere/redis-server' })).toMatchObject({
      reason: 'missing',
      path: '/nowhere/redis-server',
    });
    expect(await trouble({ ...options, launcher: '/nowhere/launcher' })).toMatchObject({
      reason: 'missing',
      path: '/nowhere/launcher',
    });
  });

  it('is told when the engine is no program', async () => {
    const broken = path.join(newFolder(), 'redis-server');
    writeFileSync(broken, 'not a program');
    chmodSync(broken, 0o755);
    expect(await trouble({ ...engineOptions(newFolder()), redisServer: broken })).toMatchObject({
      reason: 'unstartable',
    });
  });

  it('is told when the data folder cannot be made', async () => {
    const file = path.join(newFolder(), 'file');
    writeFileSync(file, '');
    expect(await trouble(engineOptions(path.join(file, 'data')))).toMatchObject({
      reason: 'unstartable',
      path: path.join(file, 'data'),
    });
  });

  it('is told when the data is damaged, with what the engine said', async () => {
    const folder = newFolder();
    const engine = await start(engineOptions(folder));
    await engine.stop();
    const [incremental = ''] = fileNames(path.join(folder, 'appendonlydir')).filter((name) =>
      name.endsWith('.incr.aof'),
    );
    writeFileSync(path.join(folder, 'appendonlydir', incremental), '*3\r\n$3\r\nSET\r\n$3\r\nke');
    const told = await trouble(engineOptions(folder));
    expect(told).toMatchObject({ reason: 'damaged', path: folder });
    expect(told.log).toMatch(/unexpected end of file|truncated/i);
  });

  it('is told when another program holds the folder, and the other one goes on', async () => {
    const folder = newFolder();
    const first = await start(engineOptions(folder));
    expect(await trouble(engineOptions(folder))).toMatchObject({
      reason: 'locked',
      path: folder,
      log: `held by process ${String(first.pid)}`,
    });
    const app = await connect(first.endpoint, 'daybook');
    expect(await app.ping()).toBe('PONG');
  });
});

describe('ending', () => {
  it('waits for an engine that is just ending instead of calling its folder locked', async () => {
    const folder = newFolder();
    const first = await start(engineOptions(folder));
    const stopping = first.stop();
    await start({ ...engineOptions(folder), lockPatienceMs: 10_000 });
    await stopping;
  });

  it('is told when the engine is killed', async () => {
    const engine = await start(engineOptions(newFolder()));
    process.kill(engine.pid, 'SIGKILL');
    expect(await engine.ended).toContain('signal 9');
  });

  // Windows has no such signal, and an engine there no such report.
  it.skipIf(process.platform === 'win32')('says nothing of what people wrote when it crashes', async () => {
    const engine = await start(engineOptions(newFolder()));
    const app = await connect(engine.endpoint, 'daybook');
    await app.set('{ins:1}:note', 'Mrs Peeters is ill');
    process.kill(engine.pid, 'SIGSEGV');
    expect(await engine.ended).toContain('signal 11');
    app.disconnect();
    expect(engine.lastLines()).toMatch(/ready to accept connections/i);
    expect(engine.lastLines()).not.toMatch(/BUG REPORT|name=|argv/);
  });

  it('hands on no arguments of a failed check', async () => {
    const folder = newFolder();
    const engine = await start(engineOptions(folder));
    const lines = [
      '7:M 02 Jan 2026 10:00:00.000 # === ASSERTION FAILED CLIENT CONTEXT ===',
      '7:M 02 Jan 2026 10:00:00.000 # client->argc = 2',
      '7:M 02 Jan 2026 10:00:00.000 # client->argv[0] = "SET" (refcount: 1)',
      '7:M 02 Jan 2026 10:00:00.000 # client->argv[1] = "Mrs Peeters',
      'is ill" (refcount: 1)',
      '7:M 02 Jan 2026 10:00:00.000 # ==> t_string.c:12 is not true',
    ];
    appendFileSync(path.join(folder, 'engine.log'), lines.map((line) => `${line}\n`).join(''));
    expect(engine.lastLines()).toContain('t_string.c:12 is not true');
    expect(engine.lastLines()).not.toMatch(/argv|Peeters|is ill/);
  });

  it('leaves files that nobody else can read', async () => {
    const folder = path.join(newFolder(), 'data');
    mkdirSync(folder, { mode: 0o755 });
    const engine = await start(engineOptions(folder));
    await engine.stop();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of fileNames(folder)) expect(statSync(path.join(folder, name)).mode & 0o077).toBe(0);
  });
});
