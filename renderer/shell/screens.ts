import type { SignedInUser } from '../../electron/contract/session.ts';

export const screenNames = ['meetings', 'clients', 'users', 'journal', 'import'] as const;
export type ScreenName = (typeof screenNames)[number];

const mayImport: readonly SignedInUser['role'][] = ['administrator', 'manager'];

/** The screens a role includes; nothing is imported into a copy to read. Main checks every call again. */
export function screensOf({ role }: SignedInUser, isReadOnlyCopy: boolean): readonly ScreenName[] {
  return screenNames.filter((screen) => {
    if (screen === 'users') return role === 'administrator';
    if (screen === 'import') return mayImport.includes(role) && !isReadOnlyCopy;
    return true;
  });
}
