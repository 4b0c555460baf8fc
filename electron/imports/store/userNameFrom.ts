import { fold } from '../../text/fold.ts';

/**
 * A user name for a person: `Rovana PLUMB` becomes `rovana.plumb`, the second one of that name `rovana.plumb2`.
 * @param number counts from 1
 */
export function userNameFrom(displayName: string, number: number): string {
  const parts = fold(displayName)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
  const name = [...parts.join('.')].slice(0, 25).join('') || 'user';
  return number === 1 ? name : `${name}${String(number)}`;
}
