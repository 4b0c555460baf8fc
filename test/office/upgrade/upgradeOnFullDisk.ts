import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withEngine } from '../../crashes/aftermath.ts';
import { agreementOf } from '../../support/agreement.ts';
import { newBackend } from '../../support/backend.ts';
import { bytesOf } from '../../support/damagedFolders.ts';
import { fill, free, newVolume } from '../../support/volumes.ts';
import { expectedOf, unpackLayout } from './layouts.ts';
import { readEverything } from './reads.ts';

export interface UpgradeOutcome {
  readonly layout: number;
  /** What the window showed while the disk was full: `open`, or why the office was not brought up to date. */
  readonly came: string;
  /** From the last free byte until the window showed it, in milliseconds. */
  readonly shownMs: number;
  readonly wrongs: readonly string[];
}

export const logOf = (folder: string): string =>
  JSON.stringify(bytesOf(path.join(folder, 'data', 'appendonlydir')));

/** An office of an earlier layout on a small volume of its own. @param megabytesLeft of the volume */
export function officeOnVolume(layout: number, megabytesLeft: number): { volume: string; folder: string } {
  const volume = newVolume(40);
  const folder = path.join(volume, 'office');
  unpackLayout(layout, folder);
  fill(volume, megabytesLeft);
  return { volume, folder };
}

/**
 * The disk fills up to its last byte while an office of an earlier layout is brought up to date; then there is room again.
 * @param afterMs how long after its beginning
 */
export async function fillDuringUpgrade(layout: number, afterMs: number): Promise<UpgradeOutcome> {
  const { volume, folder } = officeOnVolume(layout, 30);
  const before = logOf(folder);
  const wrongs: string[] = [];
  const backend = newBackend({ spaceLimits: { lowBytes: 2, noneBytes: 1 } });
  try {
    const opening = backend.office.open(folder);
    await pause(afterMs);
    fill(volume);
    const began = performance.now();
    await opening;
    const shownMs = performance.now() - began;
    const state = backend.office.state();
    const came = state.state === 'trouble' ? state.trouble.reason : state.state;
    if (!existsSync(path.join(folder, 'kept')) && logOf(folder) !== before)
      wrongs.push('the office was touched before it was replaced');
    free(volume);
    if (state.state !== 'open') await backend.ask(1, 'office.reopen');
    if (backend.office.state().state !== 'open')
      wrongs.push(`with room again: ${JSON.stringify(backend.office.state())}`);
    else if (JSON.stringify(await readEverything(backend)) !== JSON.stringify(expectedOf(layout)))
      wrongs.push('people do not see what they saw before');
    await backend.close();
    if (wrongs.length === 0) wrongs.push(...(await withEngine(folder, agreementOf)).differences);
    return { layout, came, shownMs, wrongs };
  } finally {
    await backend.close();
  }
}
