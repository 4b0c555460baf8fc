// Records an office as this program lays it out, and what it shows: to be run once before each change of the layout, with
// the program that still writes it. `node test/office/upgrade/recordLayout.ts` fills layouts/<version>.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { schemaVersion } from '../../../electron/contract/office.ts';
import { entryOf, importFile, undoImport } from '../../crashes/imports.ts';
import { plantedFile } from '../../imports/planted/file.ts';
import { newBackend, newOffice, type TestBackend } from '../../support/backend.ts';
import { newFolder, removeFolders } from '../../support/engine.ts';
import { Random } from '../../support/random.ts';
import { keepLayout } from './layouts.ts';
import { people, readEverything } from './reads.ts';

interface Written {
  readonly id: string;
  readonly version: number;
}

const random = new Random(20_261_122);
const writeId = (): string => crypto.randomUUID();
const words = ['Budget', 'Ånstrom', 'plan "B"', 'café\\bar', 'Renewal', 'demo', 'follow-up', 'Zoë', 'Straße', 'o\'Neil', '42%', 'lunch 🍜']; // prettier-ignore
const cities = ['Ghent', 'Liège', '', 'Brussels', 'Äänekoski'];

async function makePeople(backend: TestBackend): Promise<{ bob: string; cat: string }> {
  const add = async (userName: string, more: object): Promise<string> => {
    const fields = { userName, displayName: `${userName} Some`, role: 'adviser', seesAllClients: false, active: true, ...more }; // prettier-ignore
    const request = { writeId: writeId(), fields, password: people[userName] ?? 'long gone away' };
    const { user }: { user: Written } = await backend.ask(1, 'users.create', request);
    return user.id;
  };
  const bob = await add('bob', {});
  const cat = await add('cat', { role: 'readOnly', seesAllClients: true });
  await add('dan', { active: false });
  return { bob, cat };
}

async function makeClients(backend: TestBackend, owners: readonly string[]): Promise<Written[]> {
  const clients: Written[] = [];
  for (let at = 0; at < 40; at += 1) {
    const fields = {
      name: `${random.pick(words)} ${String(at)} ${random.pick(words)}`,
      kind: random.pick(['company', 'person']),
      city: random.pick(cities),
      ownerId: random.chance(0.7) ? random.pick(owners) : null,
      notes: random.chance(0.5) ? `Notes\nof "${String(at)}"` : '',
    };
    const { client }: { client: Written } = await backend.ask(1, 'clients.create', { writeId: writeId(), fields });
    clients.push(client);
  }
  return clients;
} // prettier-ignore

function meetingFields(clients: readonly Written[], owners: readonly string[]): object {
  const date = `2026-${String(random.between(1, 12)).padStart(2, '0')}-${String(random.between(1, 28)).padStart(2, '0')}`;
  return {
    clientId: random.pick(clients).id,
    ownerId: random.pick(owners),
    title: `${random.pick(words)} ${random.pick(words)}`,
    details: random.chance(0.5) ? `${random.pick(words)}\n${random.pick(words)}` : '',
    type: random.pick(['call', 'visit', 'video']),
    status: random.pick(['open', 'closed']),
    priority: random.pick(['low', 'normal', 'high']),
    tags: random.some(['urgent', 'Zürich', 'q"1', 'yearly'], random.between(0, 3)),
    start: random.chance(0.3) ? { date } : { at: `${date}T0${String(random.between(0, 9))}:30:00.000Z`, zone: 'Europe/Brussels' }, // prettier-ignore
    durationMinutes: random.chance(0.3) ? null : random.between(5, 180),
  };
}

async function liveInIt(backend: TestBackend): Promise<void> {
  const { user }: { user: { id: string } } = await backend.ask(1, 'session.current');
  const { bob, cat } = await makePeople(backend);
  const owners = [user.id, bob, cat];
  const clients = await makeClients(backend, owners);
  const some = clients.filter((_, at) => at % 3 === 0).map(({ id }) => id);
  await backend.ask(1, 'users.assignClients', { writeId: writeId(), id: bob, add: some, remove: [] });
  const meetings: Written[] = [];
  for (let at = 0; at < 120; at += 1) {
    const fields = meetingFields(clients, owners);
    const reply: { meeting: Written } = await backend.ask(1, 'meetings.create', { writeId: writeId(), fields });
    meetings.push(reply.meeting);
  }
  for (const { id, version } of meetings.filter((_, at) => at % 5 === 0))
    await backend.ask(1, 'meetings.update', { writeId: writeId(), id, version, fields: meetingFields(clients, owners) });
  const deleted: { entry: number }[] = [];
  for (const { id, version } of meetings.filter((_, at) => at % 11 === 1 && at % 5 !== 0))
    deleted.push(await backend.ask(1, 'meetings.delete', { writeId: writeId(), id, version }));
  await backend.ask(1, 'journal.undo', { writeId: writeId(), entry: deleted[0]!.entry });
  await backend.ask(1, 'users.assignClients', { writeId: writeId(), id: bob, add: [], remove: some.slice(0, 2) });
} // prettier-ignore

async function importSome(backend: TestBackend): Promise<void> {
  const folder = newFolder();
  const file = (name: string, seed: number, rows: number): string => {
    const at = path.join(folder, name);
    writeFileSync(at, plantedFile({ seed, rows, faulty: 0.05, clients: [], owners: [] }).bytes);
    return at;
  };
  await importFile(backend, file('stays.csv', 5, 90));
  const { importId } = await importFile(backend, file('goes.csv', 6, 40));
  await undoImport(backend, await entryOf(backend, importId));
}

const backend = newBackend();
const folder = await newOffice(backend);
await liveInIt(backend);
await importSome(backend);
await backend.ask(1, 'session.signOut');
await backend.close();
await backend.office.open(folder);
await backend.ask(1, 'session.signIn', { userName: 'Ada', password: people['Ada'] });
const { rows }: { rows: Written[] } = await backend.ask(1, 'meetings.filter', { limit: 1 });
await backend.ask(1, 'meetings.delete', { writeId: writeId(), id: rows[0]!.id, version: rows[0]!.version });
await backend.ask(1, 'session.signOut');
const expected = await readEverything(backend);
// As after a crash: an office is not always closed before the program is replaced.
const [, redis = 0] = /redis (\d+)/.exec(readFileSync(path.join(folder, 'data', 'lock'), 'utf8')) ?? [];
process.kill(Number(redis), 'SIGKILL');
await backend.close();
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
const isOfOffice = (file: string): boolean => /^(data.appendonlydir.|data.acknowledged$|journal.)/.test(file);
keepLayout(schemaVersion, folder, files.filter(isOfOffice), expected);
removeFolders();
