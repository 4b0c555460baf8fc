import type { PlaceTroubleReason } from '../contract/places.ts';
import { lookAtPlace } from '../places/lookAtPlace.ts';
import { EngineTrouble } from '../redis/engine.ts';
import type { HoldingPrograms } from '../redis/hold.ts';
import { settleRestore } from './backups/swap.ts';

/** What a restore that was cut off looks like, or has no need of. */
const mayBeRestored: ReadonlySet<PlaceTroubleReason> = new Set(['vanished', 'full']);

/**
 * Finishes or clears away a restore that was cut off, before an office is opened. A place where none can be opened anyway is
 * left untouched: opening says what is wrong with it.
 * @returns where the office is that was there before, or null
 * @throws EngineTrouble, see settleRestore
 */
export async function settlePlace(
  folder: string,
  isKnown: boolean,
  programs: HoldingPrograms,
): Promise<string | null> {
  const trouble = await lookAtPlace(folder, { isKnown });
  if (trouble && !mayBeRestored.has(trouble.reason)) return null;
  return settleRestore(folder, programs);
}

/** To be called before an office is opened or made in a folder. @throws EngineTrouble when it cannot be there */
export async function needGoodPlace(folder: string, isKnown: boolean): Promise<void> {
  const trouble = await lookAtPlace(folder, { isKnown });
  if (trouble) throw new EngineTrouble(trouble.reason, trouble.folder, trouble.detail);
}
