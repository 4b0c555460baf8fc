import type { OutputOf } from '../electron/contract/index.ts';
import type { contract } from '../electron/contract/index.ts';

export type KeptDraft = NonNullable<OutputOf<(typeof contract)['drafts']['kept']>['draft']>;
export type DraftNoun = KeptDraft['noun'];

/**
 * What was typed into a form as the form is today.
 * @param today an empty one
 * @returns null when it is of another form
 */
export function readDraft<D extends object>(fields: string, today: D): D | null {
  try {
    const read = JSON.parse(fields) as Record<string, unknown>;
    const isAlike = Object.entries(today).every(
      ([name, value]) => name in read && Array.isArray(read[name]) === Array.isArray(value),
    );
    return isAlike ? (read as D) : null;
  } catch {
    return null;
  }
}
