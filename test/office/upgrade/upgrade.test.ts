import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { schemaVersion, type OfficeStatus } from '../../../electron/contract/office.ts';
import { withEngine } from '../../crashes/aftermath.ts';
import { agreementOf } from '../../support/agreement.ts';
import { newBackend, type TestBackend } from '../../support/backend.ts';
import { bytesOf } from '../../support/damagedFolders.ts';
import { newFolder, removeFolders } from '../../support/engine.ts';
import { expectedOf, recordedLayouts, unpackLayout } from './layouts.ts';
import { readEverything } from './reads.ts';

const earlier = recordedLayouts().filter((layout) => layout < schemaVersion);
const backends: TestBackend[] = [];

async function open(folder: string): Promise<TestBackend> {
  const backend = newBackend();
  backends.push(backend);
  await backend.office.open(folder);
  return backend;
}

function officeOf(layout: number): string {
  const folder = newFolder();
  unpackLayout(layout, folder);
  return folder;
}

const status = (backend: TestBackend): Promise<OfficeStatus> => backend.ask(1, 'office.status');
const keptIn = (folder: string): string[] => readdirSync(path.join(folder, 'kept'));
const filesOf = (folder: string): string => JSON.stringify(bytesOf(path.join(folder, 'appendonlydir')));

afterEach(async () => {
  await Promise.all(backends.splice(0).map((backend) => backend.close()));
  removeFolders();
});

it('has an office of every layout, this program’s among them', () => {
  expect(recordedLayouts()).toEqual(Array.from({ length: schemaVersion }, (_, at) => at + 1));
});

describe.each(recordedLayouts())('an office of layout %i', (layout) => {
  it('shows everybody what it showed them before', async () => {
    const folder = officeOf(layout);
    const backend = await open(folder);
    expect(await status(backend)).toMatchObject({ state: 'ready', name: 'Test office', upgrading: null });
    expect(await readEverything(backend)).toEqual(expectedOf(layout));
    await backend.close();
    expect((await withEngine(folder, agreementOf)).differences).toEqual([]);
  });
});

describe.each(earlier)('an office of the earlier layout %i', (layout) => {
  it('is kept as it was beside the new one, and is brought up to date only once', async () => {
    const folder = officeOf(layout);
    const before = filesOf(path.join(folder, 'data'));
    const backend = await open(folder);
    const [kept] = keptIn(folder);
    expect(filesOf(path.join(folder, 'kept', kept!, 'data'))).toBe(before);
    expect(existsSync(path.join(folder, 'restored'))).toBe(false);
    await backend.close();
    await open(folder);
    expect(keptIn(folder)).toEqual([kept]);
  });

  it('can be written in afterwards', async () => {
    const folder = officeOf(layout);
    const backend = await open(folder);
    await backend.ask(1, 'session.signIn', { userName: 'Ada', password: 'correct horse' });
    const { rows }: { rows: { id: string; version: number }[] } = await backend.ask(1, 'meetings.filter', {});
    const { id, version } = rows[0]!;
    await backend.ask(1, 'meetings.delete', { writeId: crypto.randomUUID(), id, version });
    await backend.close();
    expect((await withEngine(folder, agreementOf)).differences).toEqual([]);
  });

  it('is left as it was when it cannot be brought up to date', async () => {
    const folder = officeOf(layout);
    const before = filesOf(path.join(folder, 'data'));
    // Nobody is left who could do it.
    await withEngine(folder, (redis) => redis.del('{ins:1}:users'));
    const changed = filesOf(path.join(folder, 'data'));
    expect(changed).not.toBe(before);
    const backend = await open(folder);
    expect(await status(backend)).toMatchObject({ state: 'trouble', trouble: { reason: 'notUpgraded' } });
    expect(filesOf(path.join(folder, 'data'))).toBe(changed);
    expect(readdirSync(folder)).not.toContain('restored');
  });

  it('tells windows how far it is', async () => {
    const folder = officeOf(layout);
    const told: number[] = [];
    const backend: TestBackend = newBackend({
      listen: ({ event }) => {
        const state = backend.office.state();
        if (event === 'officeStatus' && state.state === 'starting' && state.upgrading !== undefined)
          told.push(state.upgrading);
      },
    });
    backends.push(backend);
    await backend.office.open(folder);
    expect(told.length).toBeGreaterThan(5);
    expect(told).toEqual(told.toSorted((one, other) => one - other));
  });
});
