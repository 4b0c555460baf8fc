import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { JournalEntry } from '../../electron/contract/journal.ts';
import { newBackend, until, type TestBackend } from '../support/backend.ts';
import { faultEngine, setClock, wish } from '../support/faultEngine.ts';
import type { Random } from '../support/random.ts';
import { OwnDiary, sumOf } from './diary.ts';
import { judgeSaving } from './judgeSaving.ts';
import { makeSavingOffice, Savers } from './savers.ts';

const hour = 3_600_000;
const year = 365 * 24 * hour;
/** From the true time: summer time, a wrong day, a dead battery of the clock, a wrong year. */
const jumps = [hour, -hour, 24 * hour, -24 * hour, -30 * year, 3 * year, 0];

/** The program's clock, of which there is one in this process; timers run on. */
class MovedDate extends Date {
  static offMs = 0;
  static readonly true = Date;

  constructor(...given: readonly unknown[]) {
    if (given.length === 0) super(MovedDate.now());
    else super(...(given as [number]));
  }

  static override now(): number {
    return MovedDate.true.now() + MovedDate.offMs;
  }
}

/** The store's own time never goes back: it stays at the latest there was, which shows that the engine's clock jumped. */
async function expectJournalForward(backend: TestBackend): Promise<void> {
  const { entries }: { entries: JournalEntry[] } = await backend.ask(1, 'journal.list', { limit: 200 });
  const times = entries.map(({ at }) => MovedDate.true.parse(at));
  expect(times).toEqual(times.toSorted((one, other) => other - one));
  expect(times[0]).toBeGreaterThan(MovedDate.true.now() + 2 * year);
}

/** People save while the clock of the engine and of the program jumps; told on the console. */
export async function jumpClock(times: number, random: Random): Promise<void> {
  const folder = await makeSavingOffice();
  const dataFolder = path.join(folder, 'data');
  wish(dataFolder, { clock: true });
  setClock(dataFolder, 0);
  const diary = new OwnDiary();
  const backend = newBackend({ redisServer: faultEngine });
  const goesOnMs: number[] = [];
  globalThis.Date = MovedDate as unknown as DateConstructor;
  try {
    await backend.office.open(folder);
    const savers = new Savers(backend, 'n', diary.note);
    await savers.start();
    for (let at = 0; at < times; at += 1) {
      const offMs = jumps[at] ?? random.pick(jumps) + random.between(-hour, hour);
      setClock(dataFolder, offMs);
      MovedDate.offMs = offMs;
      const began = performance.now();
      const before = sumOf(diary);
      await until(() => sumOf(diary) > before + 6);
      goesOnMs.push(performance.now() - began);
      await pause(random.between(0, 200));
    }
    await savers.end();
    expect(savers.refused).toBe(0);
    await expectJournalForward(backend);
  } finally {
    globalThis.Date = MovedDate.true;
    await backend.close();
  }
  const { wrongs } = await judgeSaving(dataFolder, diary, null);
  console.log(
    `${String(times)} jumps of the clock, ${String(sumOf(diary))} saved, none lost; saved again after at most ${Math.max(...goesOnMs).toFixed(0)} ms`,
  );
  expect(wrongs).toEqual([]);
}
