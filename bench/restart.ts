import { engineNames } from './cells.ts';
import type { Engine } from './engines/engine.ts';
import { open } from './engines/sqlite/load.ts';
import { Sqlite } from './engines/sqlite/sqlite.ts';
import { byJoin } from './engines/sqlite/statements.ts';
import { type Memory, measureMemory } from './memory.ts';
import type { BuiltOffice } from './office.ts';
import { difference } from './oracle/compare.ts';
import type { Oracle } from './oracle/oracle.ts';
import { everything, type Query } from './queries.ts';

/** Milliseconds till the first page is answered; files are in the system's cache. */
export interface Restart {
  daybookMs: number;
  sqliteMs: number;
  memory: Memory;
}

const firstPage: Query = {
  filter: everything,
  sort: 'start',
  descending: true,
  offset: 0,
  limit: 50,
  counts: true,
};

async function ask(engine: Engine, oracle: Oracle): Promise<void> {
  const ready = await engine.ready(0, firstPage);
  const wrong = difference(oracle.answer(0, firstPage), ready.read(await ready.ask()));
  if (wrong !== null) throw new Error(`wrong answer of ${engine.name} after a restart: ${wrong}`);
}

/** Both are ended first, as the program ends its engine: the file written anew without its history. */
export async function restart({ server, daybook, oracle, files }: BuiltOffice): Promise<Restart> {
  await server.compact();
  await server.end();
  let begun = performance.now();
  await server.start();
  await (await daybook.ready(0, firstPage)).ask();
  const daybookMs = performance.now() - begun;
  const memory = await measureMemory(server.redis);
  await ask(daybook, oracle);
  begun = performance.now();
  const database = open(files.join);
  try {
    const sqlite = new Sqlite(engineNames.join, database, byJoin, oracle.columns);
    await sqlite.ready(0, firstPage).ask();
    const sqliteMs = performance.now() - begun;
    await ask(sqlite, oracle);
    return { daybookMs, sqliteMs, memory };
  } finally {
    database.close();
  }
}
