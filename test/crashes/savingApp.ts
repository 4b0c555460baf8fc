// The program without windows, as a process of its own that can be killed: people save again and again, and each writes
// down what he sent and what was acknowledged, in a file that outlives the process. Started by ./saving.ts.
import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Meeting } from '../../electron/contract/meetings.ts';
import { administrator, newBackend } from '../support/backend.ts';

/** How many save at the same time. */
export const savers = 6;

const [folder = '', diary = '', run = ''] = process.argv.slice(2);
const note = (words: string): void => {
  appendFileSync(diary, `${words}\n`);
};

const backend = newBackend();
let isEnding = false;

/** Asks again, with the same write id, until there is an answer that is certain. */
async function save<T>(channel: string, input: object): Promise<T> {
  for (;;) {
    try {
      return await backend.ask(1, channel, input);
    } catch (error) {
      if (!/STORE_UNAVAILABLE|UNKNOWN_OUTCOME|SIGNED_OUT/.test(String(error))) throw error;
      await pause(20);
    }
  }
}

async function keepSaving(saver: number, clientId: string, ownerId: string): Promise<void> {
  const name = `${run}-${String(saver)}`;
  const fields = (count: number): object => ({
    ...{ clientId, ownerId, title: `${name} ${String(count)}`, details: `said ${String(count % 7)}` },
    ...{ type: 'call', status: count % 2 ? 'open' : 'closed', tags: [`t${String(count % 5)}`] },
    start: { date: '2026-11-20' },
  });
  note(`sent ${name} 0`);
  let { meeting } = await save<{ meeting: Meeting }>('meetings.create', {
    writeId: `create-${name}`,
    fields: fields(0),
  });
  note(`saved ${name} 0`);
  for (let count = 1; !isEnding; count += 1) {
    note(`sent ${name} ${String(count)}`);
    const { id, version } = meeting;
    ({ meeting } = await save<{ meeting: Meeting }>('meetings.update', {
      ...{ writeId: `update-${name}-${String(count)}`, id, version },
      fields: fields(count),
    }));
    note(`saved ${name} ${String(count)}`);
  }
}

await backend.office.open(folder);
await backend.ask(1, 'session.signIn', {
  userName: administrator.userName,
  password: administrator.password,
});
const { rows }: { rows: { id: string }[] } = await backend.ask(1, 'clients.list', { limit: 1 });
const { user }: { user: { id: string } } = await backend.ask(1, 'session.current');
const all = Array.from({ length: savers }, (_, saver) => keepSaving(saver, rows[0]!.id, user.id));
process.on('message', () => {
  isEnding = true;
  void Promise.all(all)
    .then(() => backend.close())
    .then(() => process.exit(0));
});
process.send?.('saving');
