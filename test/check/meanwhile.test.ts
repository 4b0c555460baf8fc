import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { checkOffice } from '../../electron/check/checkOffice.ts';
import { discardLeftovers } from '../../electron/imports/store/discardLeftovers.ts';
import { rankOrders } from '../../electron/ranking/rankOrders.ts';
import { agreementOf } from '../support/agreement.ts';
import { randomWrite } from '../support/builders/randomWrite.ts';
import { livedInOffice, type LivedInOffice } from './livedInOffice.ts';

/** Writes and imports, one behind the other, until told to stop. @returns how many writes were made */
async function work(
  { server, pair, team, random, imports }: LivedInOffice,
  goesOn: () => boolean,
): Promise<number> {
  let writes = 0;
  for (; goesOn(); writes += 1) {
    await pair.send(randomWrite(random, pair.oracle, team));
    if (writes % 4 === 0) await imports.next();
    if (writes % 50 === 25) await rankOrders(server.store);
    await pause(3);
  }
  return writes;
}

it('a check while others work tells nothing that is not so, and its repair changes nothing', async () => {
  const office = await livedInOffice(31, 120);
  const { store, redis, administrator: actor } = office.server;
  try {
    let isOver = false;
    const working = work(office, () => !isOver);
    working.catch(() => undefined);
    for (let round = 0; round < 4; round += 1) {
      const { differences } = await checkOffice({ store, actor, repair: round % 2 === 1 });
      expect(differences).toEqual([]);
    }
    isOver = true;
    expect(await working).toBeGreaterThan(30);
    await discardLeftovers(store);
    expect((await agreementOf(redis)).differences).toEqual([]);
    expect((await checkOffice({ store, actor, repair: false })).differences).toEqual([]);
  } finally {
    await office.server.stop();
  }
}, 180_000);
