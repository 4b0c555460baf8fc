import { words } from '../../text/words.ts';

/**
 * A user name for a person: `Rovana PLUMB` becomes `rovana.plumb`, the second one of that name `rovana.plumb2`.
 * @param number counts from 1
 */
export function userNameFrom(displayName: string, number: number): string {
  const name = words(displayName).join('.').slice(0, 50) || 'user';
  return number === 1 ? name : `${name}${String(number)}`;
}
