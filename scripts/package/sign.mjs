// `node scripts/package/sign.mjs FILE...`: writes FILE.sig beside each, which programs built with the public half of the
// key ask for before they believe the checksums in FILE. The private half comes from DAYBOOK_UPDATES_PRIVATE_KEY, as PKCS #8
// in PEM; without it nothing is signed and a line says so. A pair of keys:
//   openssl genpkey -algorithm ed25519 -out updates-key.pem
//   openssl pkey -in updates-key.pem -pubout -outform DER | base64     (DAYBOOK_UPDATES_KEY of the build)
import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Stop, runMain, say } from '../say.mjs';

function privateKey(pem) {
  let key;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw new Stop('DAYBOOK_UPDATES_PRIVATE_KEY is no private key in PEM');
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new Stop('DAYBOOK_UPDATES_PRIVATE_KEY is no Ed25519 key');
  return key;
}

/**
 * @param {string} file
 * @param {string} pem Ed25519 as PKCS #8
 * @returns {string} the file written: 64 bytes as Base64
 */
export function signFile(file, pem) {
  const signature = sign(null, readFileSync(file), privateKey(pem));
  writeFileSync(`${file}.sig`, `${signature.toString('base64')}\n`);
  return `${file}.sig`;
}

async function main() {
  const pem = process.env.DAYBOOK_UPDATES_PRIVATE_KEY ?? '';
  if (pem === '') return say('there is no key in DAYBOOK_UPDATES_PRIVATE_KEY: the checksums are not signed');
  for (const file of process.argv.slice(2)) console.log(signFile(file, pem));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runMain(main);
