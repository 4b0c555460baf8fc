import { randomBytes } from 'node:crypto';

/** Crockford's: no letter can be taken for a digit, and none spells a word by chance. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Five bits each: 140 bits in all. */
const letters = 28;
const lettersInGroup = 4;

/** A new code in groups, to be written down: `7K2M-…`. */
export function newRecoveryCode(): string {
  const code = Array.from(randomBytes(letters), (byte) => alphabet[byte % alphabet.length]).join('');
  return code.match(new RegExp(`.{${String(lettersInGroup)}}`, 'g'))?.join('-') ?? code;
}

/** The code as it is hashed, however it was typed: without groups, in capitals, with letters read as the digits they look like. */
export const plainRecoveryCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
