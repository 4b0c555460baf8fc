import { afterEach, describe, expect, it } from 'vitest';
import { setTimeout as pause } from 'node:timers/promises';
import { watchHeartbeat } from '../../electron/office/heartbeat.ts';
import { engineProcesses } from '../crashes/doomedApp.ts';
import { newBackend, newOffice, until, type TestBackend } from '../support/backend.ts';
import { isRunning, removeFolders } from '../support/engine.ts';

const everyMs = 20;
const patientBeats = 4;

/** @returns how often it was found silent while it beat for a while */
async function silences(ping: () => Promise<unknown>, forMs = 300): Promise<number> {
  let silent = 0;
  const heartbeat = watchHeartbeat({ ping, everyMs, patientBeats, onSilent: () => (silent += 1) });
  await pause(forMs);
  heartbeat.close();
  return silent;
}

describe('The heartbeat', () => {
  it('leaves an engine alone that answers, however late within its patience', async () => {
    expect(await silences(() => Promise.resolve())).toBe(0);
    expect(await silences(() => pause(everyMs * 2))).toBe(0);
  });

  it('tells once of one that does not, and of a connection that broke', async () => {
    expect(await silences(() => new Promise(() => undefined))).toBe(1);
    expect(await silences(() => Promise.reject(new Error('closed')))).toBe(1);
  });

  it('does not take its own standstill for silence', async () => {
    let silent = 0;
    const ping = (): Promise<unknown> => pause(1);
    const heartbeat = watchHeartbeat({ ping, everyMs, patientBeats, onSilent: () => (silent += 1) });
    await pause(everyMs * 2);
    const standsUntil = performance.now() + everyMs * patientBeats * 5;
    while (performance.now() < standsUntil); // the whole process stands still
    await pause(everyMs * 3);
    heartbeat.close();
    expect(silent).toBe(0);
  });
});

describe('An engine that hangs', () => {
  let backend: TestBackend;
  afterEach(async () => {
    await backend.close();
    removeFolders();
  });

  const save = (name: string): Promise<unknown> => {
    const fields = { name, kind: 'company', city: '', ownerId: null, notes: '' };
    return backend.ask(1, 'clients.create', { writeId: `client-of-${name.replaceAll(' ', '-')}`, fields });
  };
  const names = async (): Promise<string[]> => {
    const { rows }: { rows: { name: string }[] } = await backend.ask(1, 'clients.list', { limit: 50 });
    return rows.map(({ name }) => name);
  };

  it('answers again what waited, once it goes on', async () => {
    backend = newBackend();
    const folder = await newOffice(backend);
    const { redis } = engineProcesses(folder);
    process.kill(redis, 'SIGSTOP');
    const waiting = save('While it hung');
    await pause(2_500);
    process.kill(redis, 'SIGCONT');
    await waiting;
    expect(await names()).toEqual(['While it hung']);
    expect(engineProcesses(folder).redis).toBe(redis);
  });

  it('is replaced when it never does, and loses nothing', async () => {
    backend = newBackend();
    const folder = await newOffice(backend);
    await save('Before');
    const { redis } = engineProcesses(folder);
    process.kill(redis, 'SIGSTOP');
    // Whoever waits is answered by the next engine.
    await save('Meanwhile');
    expect(isRunning(redis)).toBe(false);
    expect(await names()).toEqual(['Before', 'Meanwhile']);
  });

  it('does not keep the next program out when its own was killed', async () => {
    backend = newBackend();
    const folder = await newOffice(backend);
    await save('Before');
    const { redis, launcher } = engineProcesses(folder);
    process.kill(redis, 'SIGSTOP');
    process.kill(launcher, 'SIGKILL');
    await until(() => backend.office.state().state === 'open' && engineProcesses(folder).redis !== redis);
    expect(isRunning(redis)).toBe(false);
    expect(await names()).toEqual(['Before']);
  });
});
