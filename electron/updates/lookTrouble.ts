import type { UpdateTrouble, UpdateTroubleReason } from '../contract/updateTrouble.ts';

/** Why a look into the updates folder, or the installation of what it found, ended without anything being done. */
export class LookTrouble extends Error {
  readonly trouble: UpdateTrouble;

  constructor(reason: UpdateTroubleReason, file = '') {
    super(`${reason} ${file}`.trim());
    this.trouble = { reason, file };
  }
}

/** The code of a failed call of the file system; empty for anything else. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
