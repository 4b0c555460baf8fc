import os from 'node:os';
import path from 'node:path';
import { isPlaceTrouble, placeSentence, type PlaceTroubleReason } from '../contract/places.ts';
import { Failure } from '../contract/failure.ts';
import { failureSentence } from '../contract/failureText.ts';
import { FileTrouble } from '../imports/file/fileTrouble.ts';
import type { Log } from '../log.ts';
import { isOfOffice } from '../office/holdsOffice.ts';
import { needGoodPlace, settlePlace } from '../office/officePlace.ts';
import { openStore, type OpenStore } from '../office/openStore.ts';
import { transportHere } from '../redis/address.ts';
import { EngineTrouble, type TroubleReason } from '../redis/engine.ts';

/** What every command without a window needs to open an office. */
export interface OfficeCommand {
  /** Folder of the office. */
  readonly office: string;
  readonly programs: { readonly launcher: string; readonly redisServer: string; readonly luaFolder: string };
  readonly log: Log;
}

/** What keeps a command from beginning; the message is one sentence. */
export class CommandTrouble extends Error {}

/**
 * Opens an office under its lock, runs something on it, and closes it.
 * @throws CommandTrouble in place of whatever is known to go wrong
 */
export async function withOffice<T>(
  command: OfficeCommand,
  run: (opened: OpenStore) => Promise<T>,
): Promise<T> {
  if (!isOfOffice(command.office))
    throw new CommandTrouble(`There is no office of Daybook in ${command.office}.`);
  const opened = await inSentences(() => open(command));
  try {
    return await inSentences(() => run(opened));
  } finally {
    await opened.close();
  }
}

async function open({ office, programs, log }: OfficeCommand): Promise<OpenStore> {
  const { launcher, redisServer, luaFolder } = programs;
  await settlePlace(office, true, programs);
  await needGoodPlace(office, true);
  const dataFolder = path.join(office, 'data');
  const engine = { launcher, redisServer, luaFolder, dataFolder, transport: transportHere(), log };
  return openStore({ ...engine, folder: office, maxMemoryBytes: os.totalmem() / 2 });
}

const troubles: Readonly<Record<Exclude<TroubleReason, PlaceTroubleReason>, string>> = {
  missing: 'The database engine of Daybook is not where it should be.',
  unstartable: 'The data of this office cannot be opened.',
  locked: 'The office is open in another program. Close it there first.',
  newer: 'The data of this office is from a newer version of Daybook.',
  older:
    'The data of this office are from an older Daybook. Open it in Daybook once, which brings it up to date.',
  notRestored: 'A restored backup could not be put in the place of this office.',
  notUpgraded: 'The data of this office could not be brought up to date.',
  noRoomToUpgrade: 'There is too little room to bring the data of this office up to date.',
  stopped: 'The database engine ended by itself.',
  damaged: 'Some of the data of this office are damaged. Open it in Daybook, which says what is lost.',
};

const sentenceOf = ({ reason, path: folder, log }: EngineTrouble): string =>
  isPlaceTrouble(reason) ? placeSentence(reason, folder, log) : troubles[reason];

async function inSentences<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof FileTrouble) throw new CommandTrouble(`${error.message}.`);
    if (error instanceof Failure) throw new CommandTrouble(failureSentence(error.code, error.detail));
    if (error instanceof EngineTrouble) throw new CommandTrouble(sentenceOf(error));
    throw error;
  }
}
