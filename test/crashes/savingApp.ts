// The program without windows, as a process of its own that can be killed: people save again and again, and each writes
// down what he sent and what was acknowledged, in a file that outlives the process. Started by ./saving.ts.
import { appendFileSync } from 'node:fs';
import { newBackend } from '../support/backend.ts';
import { enginePrograms } from '../support/engine.ts';
import { Savers } from './savers.ts';

const [folder = '', diary = '', run = '', redisServer = enginePrograms.redisServer] = process.argv.slice(2);

const backend = newBackend({ redisServer });
await backend.office.open(folder);
const savers = new Savers(backend, run, (word, name, count) => {
  appendFileSync(diary, `${word} ${name} ${String(count)}\n`);
});
await savers.start();
process.on('message', () => {
  void savers
    .end()
    .then(() => backend.close())
    .then(() => process.exit(0));
});
process.send?.('saving');
