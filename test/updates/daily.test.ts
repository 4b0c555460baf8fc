import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../electron/log.ts';
import type { LookRequest } from '../../electron/updates/look.ts';
import { createUpdates, type Updates } from '../../electron/updates/updates.ts';
import { newFolder, removeFolders } from '../support/engine.ts';
import { RecordingInstaller } from '../support/updates.ts';

const hour = 60 * 60 * 1_000;
let asked: LookRequest[];
let updates: Updates;

/** Only the clock and the looking are made up: what is asked is when it looks. */
beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-21T08:00:00Z') });
  asked = [];
  updates = createUpdates({
    settingsFolder: newFolder(),
    here: { version: '0.1.0', arch: 'x64', formats: ['deb'] },
    lists: ['SHA256SUMS'],
    publicKey: null,
    lookout: { look: (request) => (asked.push(request), Promise.resolve(null)), close: () => undefined },
    installer: new RecordingInstaller(),
    backUp: () => Promise.reject(new Error('nothing is installed here')),
    onChange: () => undefined,
    log: silentLog,
  });
});
afterEach(() => {
  updates.close();
  vi.useRealTimers();
  removeFolders();
});

describe('Time', () => {
  it('passes without a look where no folder was chosen', async () => {
    updates.start();
    await vi.advanceTimersByTimeAsync(30 * 24 * hour);
    expect(asked).toEqual([]);
  });

  it('brings a look at the start and one a day, and none once it is turned off', async () => {
    updates.setFolder('/updates');
    updates.start();
    await vi.advanceTimersByTimeAsync(hour);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.folder).toBe('/updates');
    await vi.advanceTimersByTimeAsync(22 * hour);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2 * hour);
    expect(asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(7 * 24 * hour);
    expect(asked.length).toBeGreaterThanOrEqual(8);
    expect(asked.length).toBeLessThanOrEqual(9);
    await updates.turnOff();
    const before = asked.length;
    await vi.advanceTimersByTimeAsync(7 * 24 * hour);
    expect(asked).toHaveLength(before);
  });
});
