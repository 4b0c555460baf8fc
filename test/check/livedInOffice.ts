import { discardLeftovers } from '../../electron/imports/store/discardLeftovers.ts';
import { rankOrders } from '../../electron/ranking/rankOrders.ts';
import { Importing } from '../imports/importing.ts';
import { temporaryFiles } from '../imports/temporaryFile.ts';
import { randomImports } from '../oracle/importing.ts';
import { OfficePair } from '../oracle/officePair.ts';
import type { Team } from '../support/builders/buildOffice.ts';
import { randomWrite } from '../support/builders/randomWrite.ts';
import { Random } from '../support/random.ts';
import { startStore, type TestStore } from '../support/startStore.ts';

const file = temporaryFiles();
const zone = 'Europe/Brussels';

export interface LivedInOffice {
  readonly server: TestStore;
  readonly pair: OfficePair;
  readonly team: Team;
  readonly random: Random;
  /** Imports that nobody has begun yet; see randomImports. */
  readonly imports: AsyncGenerator<void>;
}

/**
 * An office that people wrote in, imported into, took back from and ranked; one meeting came with the external id K1.
 */
export async function livedInOffice(seed: number, size = 300): Promise<LivedInOffice> {
  const server = await startStore(zone);
  const random = new Random(seed);
  const [pair, team] = await OfficePair.build(server, zone, random, size);
  const imports = randomImports(server, pair, random);
  const over = (): Promise<boolean> => server.redis.hvals('{ins:1}:imports').then(areOver);
  for (let at = 0; at < 160; at += 1) {
    await pair.send(randomWrite(random, pair.oracle, team));
    if (at % 4 === 0) await imports.next();
    if (at % 80 === 40) await rankOrders(server.store);
  }
  while (!(await over())) await imports.next();
  await discardLeftovers(server.store);
  await new Importing().run(
    file('id,client,title,date\nK1,Known Ltd,Lunch,2026-11-21\n'),
    server.as(server.administrator),
    (guess) => ({ ...guess, columns: ['externalId', 'client', 'title', 'start'] }),
  );
  return { server, pair, team, random, imports };
}

const areOver = (imports: string[]): boolean =>
  imports.every((text) => (JSON.parse(text) as { state: string }).state !== 'staging');
