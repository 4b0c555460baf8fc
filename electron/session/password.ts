import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** About 60 ms and 32 MB for each guess. Kept in each hash, so that it can be raised without locking anybody out. */
const cost: Cost = { N: 2 ** 15, r: 8, p: 1 };
const keyBytes = 32;
const saltBytes = 16;

function derive(password: string, salt: Buffer, { N, r, p }: Cost, bytes: number): Promise<Buffer> {
  // Twice what scrypt needs: Node's limit of 32 MB refuses even these parameters.
  const maxmem = 256 * N * r;
  return new Promise((resolve, reject) => {
    // Two ways of typing the same letter (é as one or two characters) are the same password.
    scrypt(password.normalize('NFKC'), salt, bytes, { N, r, p, maxmem }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

/** @returns `scrypt$N$r$p$salt$hash`, the last two in base64 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const key = await derive(password, salt, cost, keyBytes);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join('$');
}

const form = /^scrypt\$(\d{1,8})\$(\d{1,3})\$(\d{1,3})\$([A-Za-z0-9+/=]{8,128})\$([A-Za-z0-9+/=]{8,256})$/;

/** Whether the password is the one that was hashed; a text that is no hash fits no password. */
export async function passwordMatches(password: string, hash: string): Promise<boolean> {
  const [, N, r, p, salt, key] = form.exec(hash) ?? [];
  if (salt === undefined || key === undefined) return false;
  const known = Buffer.from(key, 'base64');
  const guess = await derive(
    password,
    Buffer.from(salt, 'base64'),
    { N: Number(N), r: Number(r), p: Number(p) },
    known.length,
  );
  return timingSafeEqual(known, guess);
}

/** Takes as long as `passwordMatches` and always says no: for names that do not exist. */
export async function passwordOfNobody(password: string): Promise<false> {
  await derive(password, Buffer.alloc(saltBytes), cost, keyBytes);
  return false;
}
