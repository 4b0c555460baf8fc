import { Random } from '../support/random.ts';
import type { TestStore } from '../support/startStore.ts';
import { FileStory, type Cast, type StoryFigures } from './fileStory.ts';
import { OfficePair } from './officePair.ts';
import type { User, UserFields } from '../support/oracle/types.ts';

/**
 * Tells one story of files by a seed, in an office of its own. Throws at the first difference.
 * @param write puts a file into a folder and answers its path
 */
export async function importFiles(
  server: TestStore,
  { seed, steps }: { seed: number; steps: number },
  write: (text: string) => string,
): Promise<StoryFigures> {
  const zone = 'Europe/Brussels';
  const store = await server.newOffice(zone);
  const pair = new OfficePair(store, zone);
  const story = new FileStory(store, pair, await castOf(pair, store.administrator), new Random(seed), write);
  try {
    for (let step = 0; step < steps; step += 1) {
      await story.step();
      if (step % 3 === 2) await story.agree();
    }
    await story.agree();
  } catch (error) {
    throw new Error(`seed ${String(seed)}, import ${String(story.figures.imports)}: ${String(error)}`, {
      cause: error,
    });
  }
  return story.figures;
}

/** Two clients, each seen by one of those who see only some. */
async function castOf(pair: OfficePair, administrator: string): Promise<Cast> {
  const client = (name: string): Promise<string> =>
    pair.send({
      kind: 'createClient',
      actor: administrator,
      fields: { name, kind: 'company', city: '', ownerId: null, notes: '' },
    });
  const [acme, borse] = [await client('Acme'), await client('Börse')];
  const person = async (displayName: string, role: UserFields['role'], sees: string): Promise<string> => {
    const named = { userName: displayName, displayName, role, seesAllClients: false };
    // Made inactive first, because a password takes a while to hash.
    const id = await pair.send({
      ...{ kind: 'createUser', actor: administrator, fields: { ...named, active: false } },
    });
    const { version } = pair.oracle.users.get(id) as User;
    const active = { ...named, active: true };
    await pair.send({ kind: 'updateUser', actor: administrator, id, version, fields: active });
    await pair.send({ kind: 'assignClients', actor: administrator, id, add: [sees], remove: [] });
    return id;
  };
  return {
    administrator,
    manager: await person('Mia', 'manager', acme),
    ann: await person('Ann', 'adviser', borse),
  };
}
