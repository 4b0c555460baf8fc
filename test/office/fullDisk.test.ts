import { appendFileSync, cpSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { contract } from '../../electron/contract/index.ts';
import { schemaVersion, type OfficeStatus } from '../../electron/contract/office.ts';
import { failureSentence } from '../../electron/contract/failureText.ts';
import { clientsHandlers } from '../../electron/handlers/clients.ts';
import { meetingsHandlers } from '../../electron/handlers/meetings.ts';
import type { Context } from '../../electron/handlers/context.ts';
import { openStore, type OpenStore } from '../../electron/office/openStore.ts';
import { administrator, newBackend, newOffice, until, type TestBackend } from '../support/backend.ts';
import { engineOptions, luaFolder, newFolder, removeFolders } from '../support/engine.ts';
import { canMount, fill, free, mountWord, newVolume, removeVolumes } from '../support/volumes.ts';

const megabyte = 1024 * 1024;
const backends: TestBackend[] = [];

afterEach(async () => {
  for (const backend of backends.splice(0)) await backend.close();
  removeVolumes();
  removeFolders();
});

const status = (backend: TestBackend): Promise<OfficeStatus> => backend.ask(1, 'office.status');
const newClient = (name: string): object => ({ writeId: crypto.randomUUID(), fields: { name } });

/** An office on a small volume; limits are as small. */
async function officeOnVolume(): Promise<{ backend: TestBackend; volume: string; folder: string }> {
  const volume = newVolume(60);
  const folder = path.join(volume, 'office');
  const backend = newBackend({ spaceLimits: { lowBytes: 30 * megabyte, noneBytes: 10 * megabyte } });
  backends.push(backend);
  await newOffice(backend, folder);
  return { backend, volume, folder };
}

/** What was acknowledged, written down beside the office. */
class Writer {
  readonly acknowledged: string[] = [];
  readonly refused: string[] = [];
  readonly #backend: TestBackend;
  #count = 0;

  constructor(backend: TestBackend) {
    this.#backend = backend;
  }

  /** Saves a client; its name is kept if that was acknowledged. @returns the sentence of a refusal */
  async save(): Promise<string | null> {
    const name = `Client ${String((this.#count += 1))}`;
    const reply = await this.#backend.serve('clients.create', newClient(name), 1);
    if (reply.ok) this.acknowledged.push(name);
    else this.refused.push(reply.code);
    return reply.ok ? null : `${reply.code}: ${reply.message}`;
  }

  async saveUntil(holds: (refusal: string | null) => boolean, patienceMs: number): Promise<number> {
    const began = performance.now();
    while (!holds(await this.save())) {
      if (performance.now() - began > patienceMs)
        throw new Error(`not in time; ${this.refused.slice(-3).join()}`);
      await pause(20);
    }
    return performance.now() - began;
  }
}

const listed = async (backend: TestBackend): Promise<string[]> => {
  const { rows }: { rows: { name: string }[] } = await backend.ask(1, 'clients.list', { limit: 500 });
  return rows.map(({ name }) => name);
};
const readable = (backend: TestBackend): Promise<boolean> =>
  listed(backend).then(
    () => true,
    () => false,
  );
const refused =
  'STORE_FULL: The drive of this office is full, so nothing can be saved until some space is free. Nothing was changed.';

/** The process of the engine, found by the folder it works in. */
function engineIn(folder: string): number {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const isEngine = readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('redis-server');
      if (isEngine && readlinkSync(`/proc/${pid}/cwd`) === path.join(folder, 'data')) return Number(pid);
    } catch {
      // It ended meanwhile.
    }
  }
  throw new Error('no engine runs');
}

describe(`a disk that fills up${mountWord}`, () => {
  it.skipIf(!canMount)('is warned of, then the office is read-only, then it goes on', async () => {
    const { backend, volume } = await officeOnVolume();
    expect(await status(backend)).toMatchObject({ space: 'ample', readOnly: false, volume });
    fill(volume, 20);
    await until(async () => (await status(backend)).space === 'low', 6_000);
    const writer = new Writer(backend);
    expect(await writer.save()).toBeNull();
    fill(volume, 5);
    await until(async () => (await status(backend)).readOnly, 6_000);
    expect((await status(backend)).freeBytes).toBeLessThan(6 * megabyte);
    expect(await writer.save()).toBe(refused);
    for (const [channel, input] of [
      ['users.create', { writeId: crypto.randomUUID(), password: 'long enough', fields: { userName: 'bo', displayName: 'Bo', role: 'manager', active: true } }],
      ['office.update', { writeId: crypto.randomUUID(), version: 1, fields: { name: 'Other', colour: 'red' } }],
      ['office.check', { repair: true }],
    ] as const) {
      const reply = await backend.serve(channel, input, 1);
      if (channel === 'office.check') expect(reply).toMatchObject({ ok: true });
      else expect(reply).toMatchObject({ ok: false, code: 'STORE_FULL', detail: 'disk' });
    } // prettier-ignore
    // Reading goes on, for those who sign in now, too.
    await backend.ask(2, 'session.signIn', { userName: 'ada', password: administrator.password });
    expect(await listed(backend)).toEqual(writer.acknowledged);
    free(volume);
    expect(await writer.saveUntil((refusal) => refusal === null, 5_000)).toBeLessThan(5_000);
    expect(await status(backend)).toMatchObject({ space: 'ample', readOnly: false });
    expect((await listed(backend)).sort()).toEqual(writer.acknowledged.sort());
  });

  it.skipIf(!canMount)(
    'all at once ends the engine, which comes back to be read; what was acknowledged is there',
    async () => {
      const { backend, volume, folder } = await officeOnVolume();
      const writer = new Writer(backend);
      for (let saved = 0; saved < 50; saved += 1) await writer.save();
      // Nobody looks in between: the writes themselves find the disk full.
      fill(volume);
      await writer.saveUntil((refusal) => refusal === refused, 20_000);
      // Whoever waited when the engine ended is told for certain that nothing was saved.
      expect(new Set(writer.refused)).toEqual(new Set(['STORE_FULL']));
      await until(() => readable(backend), 20_000);
      expect(await status(backend)).toMatchObject({ state: 'ready', space: 'none', readOnly: true });
      // The write that ended the engine may have come through.
      expect([50, 51]).toContain(writer.acknowledged.length);
      const seen = await listed(backend);
      expect(writer.acknowledged.filter((name) => !seen.includes(name))).toEqual([]);
      expect(await writer.save()).toBe(refused);

      // Its restarts count for nothing: it can be ended for want of room again and again.
      for (let ended = 0; ended < 4; ended += 1) {
        process.kill(engineIn(folder), 'SIGKILL');
        await until(async () => (await status(backend)).restarting, 5_000);
        await until(() => readable(backend), 20_000);
      }
      free(volume);
      expect(await writer.saveUntil((refusal) => refusal === null, 5_000)).toBeLessThan(5_000);
      expect((await listed(backend)).sort()).toEqual(writer.acknowledged.sort());
    },
  );

  it.skipIf(!canMount)('before the program starts leaves an office that can be read', async () => {
    const { backend, volume, folder } = await officeOnVolume();
    const writer = new Writer(backend);
    await writer.save();
    await backend.close();
    fill(volume);
    const later = newBackend({ spaceLimits: { lowBytes: 30 * megabyte, noneBytes: 10 * megabyte } });
    backends.push(later);
    await later.offices.start(folder);
    expect(await status(later)).toMatchObject({ state: 'ready', readOnly: true, trouble: null });
    await later.ask(1, 'session.signIn', { userName: 'ada', password: administrator.password });
    expect(await listed(later)).toEqual(writer.acknowledged);
    expect(await later.serve('clients.create', newClient('x'), 1)).toMatchObject({ code: 'STORE_FULL' });
  });
});

describe('a memory that is full', () => {
  const writeId = (): string => crypto.randomUUID();
  async function newOfficeIn(opened: OpenStore): Promise<Context> {
    const { userId: actor } = (await opened.store.call('office_create', {
      ...{ schema: schemaVersion, name: 'Office', zone: 'UTC', secret: 'x' },
      administrator: { userName: 'ada', userNameKey: 'ada', displayName: 'Ada', nameKey: 'ada' },
    })) as { userId: string };
    return { store: opened.store, actor, zone: 'UTC', windowId: 1 };
  }
  const createClient = (context: Context, name: string): ReturnType<typeof clientsHandlers.create> => {
    const fields = { name, notes: 'n'.repeat(20_000) };
    return clientsHandlers.create(
      contract.clients.create.input.parse({ writeId: writeId(), fields }),
      context,
    );
  };
  const listed = contract.clients.list.input.parse({ limit: 1 });

  it('refuses writes with one failure that names it, answers reads, and has room when there is some', async () => {
    const opened = await openStore({
      ...engineOptions(newFolder()),
      luaFolder,
      maxMemoryBytes: 4 * megabyte,
    });
    try {
      const context = await newOfficeIn(opened);
      let saved = 0;
      const fillUp = async (): Promise<void> => {
        for (; saved < 1_000; saved += 1) await createClient(context, `Client ${String(saved)}`);
      };
      await expect(fillUp()).rejects.toMatchObject({ code: 'STORE_FULL', detail: 'memory' });
      expect(failureSentence('STORE_FULL', 'memory')).toMatch(/^The memory .* is used up/);
      expect(await opened.store.call('office_status', {})).toMatchObject({ exists: true, name: 'Office' });
      expect(await clientsHandlers.list(listed, context)).toMatchObject({ total: saved });
      // What the journal has in files the store lets go of: half of all there is here.
      const { last } = (await opened.store.call('journal_head', {})) as { last: number };
      await opened.store.call('journal_seal', { upTo: last });
      await createClient(context, 'One more');
      expect(await clientsHandlers.list(listed, context)).toMatchObject({ total: saved + 1 });
    } finally {
      await opened.close();
    }
  });

  it('lets through whole what deletes and takes back', async () => {
    const options = { ...engineOptions(newFolder()), luaFolder };
    const roomy = await openStore(options);
    const before = await newOfficeIn(roomy);
    const { client } = await createClient(before, 'Acme');
    const meetingOf = (context: Context, title: string): ReturnType<typeof meetingsHandlers.create> => {
      const fields = {
        ...{ clientId: client.id, ownerId: context.actor, title, type: 'call', status: 'open' },
        start: { date: '2026-03-02' },
      };
      return meetingsHandlers.create(
        contract.meetings.create.input.parse({ writeId: writeId(), fields }),
        context,
      );
    };
    const { meeting: first } = await meetingOf(before, 'First');
    const { meeting: second } = await meetingOf(before, 'Second');
    await roomy.close();
    const full = await openStore({ ...options, maxMemoryBytes: 1 });
    try {
      const context = { ...before, store: full.store };
      const total = async (): Promise<number> =>
        (await meetingsHandlers.filter(contract.meetings.filter.input.parse({}), context)).total;
      for (const adds of [createClient(context, 'Bolt'), meetingOf(context, 'Third')])
        await expect(adds).rejects.toMatchObject({ code: 'STORE_FULL', detail: 'memory' });
      const { id, version } = first;
      const { entry } = await meetingsHandlers.delete({ writeId: writeId(), id, version }, context);
      expect(await total()).toBe(1);
      const words = { remove: [], add: ['first'] };
      await full.store.call('journal_undo', {
        actor: context.actor,
        writeId: writeId(),
        entry,
        words,
        tagFolds: [],
      });
      expect(await total()).toBe(2);
      await meetingsHandlers.delete({ writeId: writeId(), id: second.id, version: second.version }, context);
      expect(await total()).toBe(1);
      await clientsHandlers.delete({ writeId: writeId(), id: client.id, version: client.version }, context);
      expect(await total()).toBe(0);
      expect(await clientsHandlers.list(listed, context)).toMatchObject({ total: 0 });
    } finally {
      await full.close();
    }
  });

  it('opens on a computer that has less of it', async () => {
    const folder = newFolder();
    const options = { ...engineOptions(folder), luaFolder };
    await (await openStore(options)).close();
    // Also when an update brings another library.
    const newer = newFolder();
    cpSync(luaFolder, newer, { recursive: true });
    appendFileSync(path.join(newer, 'clock.lua'), '\n-- Something is new.\n');
    for (const which of [luaFolder, newer]) {
      const opened = await openStore({ ...options, luaFolder: which, maxMemoryBytes: 1 });
      expect(await opened.store.call('office_status', {})).toEqual({ exists: false });
      await opened.close();
    }
  });
});
