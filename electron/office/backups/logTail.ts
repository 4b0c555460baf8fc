import type { FileHandle } from 'node:fs/promises';
import { commandsIn } from '../../redis/appendOnly/commands.ts';

/** Every key of an office begins so; a value that does is read again needlessly, and nothing is missed. */
const keyStart = '{ins:';

/**
 * The keys that commands in a part of the engine's append-only file name, as texts of a letter for each byte.
 * @param from where a command begins
 * @param to where one ends
 * @throws when the part is no sequence of whole commands
 */
export async function keysInLog(file: FileHandle, from: number, to: number): Promise<Set<string>> {
  const keys = new Set<string>();
  for await (const command of commandsIn(file, from, to))
    for (const text of command.arguments)
      if (text.toString('latin1', 0, keyStart.length) === keyStart) keys.add(text.toString('latin1'));
  return keys;
}
