import { createPublicKey, verify } from 'node:crypto';

/** Digests by name of file, as `sha256sum` writes them down. */
export type Checksums = ReadonlyMap<string, string>;

const line = /^([0-9a-f]{64}) [ *](\S(?:.*\S)?)$/;

/** @returns null for a text that is no such list, is cut off, or says two things of one file */
export function readChecksums(text: string): Checksums | null {
  const digests = new Map<string, string>();
  // A list that is still being copied ends in the middle of a line.
  if (!text.endsWith('\n')) return null;
  for (const row of text.split(/\r?\n/)) {
    if (row === '') continue;
    const [, digest, file] = line.exec(row) ?? [];
    if (digest === undefined || file === undefined) return null;
    if ((digests.get(file) ?? digest) !== digest) return null;
    digests.set(file, digest);
  }
  return digests.size > 0 ? digests : null;
}

/**
 * @param publicKey Ed25519, SPKI in DER, as Base64
 * @param signature 64 bytes as Base64
 */
export function isSigned(content: Buffer, signature: string, publicKey: string): boolean {
  const bytes = Buffer.from(signature.trim(), 'base64');
  if (bytes.length !== 64) return false;
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  return key.asymmetricKeyType === 'ed25519' && verify(null, content, key, bytes);
}
