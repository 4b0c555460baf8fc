// Writes SHA256SUMS-<system>.txt beside the packages in dist/, in the form `sha256sum --check` reads.
import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { inRoot, platformKey } from '../paths.mjs';
import { Stop, runMain } from '../say.mjs';

const HANDED_OUT = /\.(deb|rpm|AppImage|exe|dmg|zip|cdx\.json)$/;

async function digest(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** @returns {Promise<string>} the file written */
export async function writeChecksums(folder) {
  const names = readdirSync(folder)
    .filter((name) => HANDED_OUT.test(name))
    .sort();
  if (names.length === 0) throw new Stop(`there are no packages in ${folder}`);
  const lines = [];
  for (const name of names) lines.push(`${await digest(path.join(folder, name))}  ${name}\n`);
  const target = path.join(folder, `SHA256SUMS-${platformKey}.txt`);
  writeFileSync(target, lines.join(''));
  return target;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await runMain(async () => console.log(await writeChecksums(inRoot('dist'))));
