import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { newBackend, type TestBackend } from '../../support/backend.ts';
import { removeFolders } from '../../support/engine.ts';
import { canMount, fill, free, mountWord, removeVolumes } from '../../support/volumes.ts';
import { expectedOf } from './layouts.ts';
import { readEverything } from './reads.ts';
import { logOf, officeOnVolume } from './upgradeOnFullDisk.ts';

let backend: TestBackend | null = null;
afterEach(async () => {
  await backend?.close();
  backend = null;
  removeVolumes();
  removeFolders();
});

const layout = 2;

const withoutLimits = (listen?: () => void): TestBackend =>
  newBackend({ spaceLimits: { lowBytes: 2, noneBytes: 1 }, ...(listen && { listen }) });

async function expectWhole(opened: TestBackend): Promise<void> {
  await opened.ask(1, 'office.reopen');
  expect(opened.office.state()).toMatchObject({ state: 'open' });
  expect(await readEverything(opened)).toEqual(expectedOf(layout));
}

describe.runIf(canMount)(`an office of an earlier layout on a full disk${mountWord}`, () => {
  it('is not brought up to date without room for a copy, and says so', async () => {
    const { volume, folder } = officeOnVolume(layout, 3);
    const before = logOf(folder);
    backend = withoutLimits();
    await backend.office.open(folder);
    expect(await backend.ask(1, 'office.status')).toMatchObject({
      state: 'trouble',
      trouble: { reason: 'noRoomToUpgrade' },
    });
    expect(logOf(folder)).toBe(before);
    free(volume);
    await expectWhole(backend);
  });

  it('is as it was when room runs out on the way, and is brought up to date once there is some', async () => {
    const { volume, folder } = officeOnVolume(layout, 12);
    const before = logOf(folder);
    let isFull = false;
    backend = withoutLimits(() => {
      const state = backend?.office.state();
      if (isFull || state?.state !== 'starting' || (state.upgrading ?? 0) < 0.2) return;
      isFull = true;
      fill(volume);
    });
    await backend.office.open(folder);
    expect(isFull).toBe(true);
    expect(await backend.ask(1, 'office.status')).toMatchObject({
      state: 'trouble',
      trouble: { reason: 'noRoomToUpgrade' },
    });
    expect(logOf(folder)).toBe(before);
    expect(existsSync(path.join(folder, 'restored'))).toBe(false);
    free(volume);
    await expectWhole(backend);
  });
});
