import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { readChecksums, isSigned, type Checksums } from './checksums.ts';
import { copyPackage, keepOnly, openItself } from './copyPackage.ts';
import { LookTrouble, codeOf } from './lookTrouble.ts';
import { choosePackage, type Installation, type PackageName } from './packages.ts';

export interface LookRequest {
  /** The updates folder. */
  readonly folder: string;
  /** The program's own folder for packages that were copied. */
  readonly copies: string;
  readonly here: Installation;
  /** Names the checksums may have: those of all systems together, or of this one. */
  readonly lists: readonly string[];
  /** Ed25519 as SPKI in DER in Base64; null when the program was built without one. */
  readonly publicKey: string | null;
}

/** A package in the program's own folder, as it was when it was proved. */
export interface ProvedPackage extends PackageName {
  readonly bytes: number;
  /** SHA-256 as 64 hexadecimal digits. */
  readonly digest: string;
}

const mostListBytes = 1024 * 1024;

/** @throws LookTrouble when it cannot be listed */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const isGone = ['ENOENT', 'ENOTDIR', 'ENODEV', 'EHOSTDOWN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTCONN'];
    throw new LookTrouble(isGone.includes(codeOf(error)) ? 'missing' : 'unreadable');
  }
}

/** @throws LookTrouble `badList`, `link` */
async function readSmall(file: string): Promise<Buffer> {
  const handle = await openItself(file);
  try {
    const { size } = await handle.stat();
    if (size > mostListBytes) throw new LookTrouble('badList', path.basename(file));
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** @throws LookTrouble `unsigned`, `badSignature` */
async function needSignature(
  { folder, publicKey }: LookRequest,
  list: string,
  content: Buffer,
  names: readonly string[],
): Promise<void> {
  if (publicKey === null) return;
  const file = `${list}.sig`;
  if (!names.includes(file)) throw new LookTrouble('unsigned', list);
  const signature = (await readSmall(path.join(folder, file))).toString('latin1');
  if (!isSigned(content, signature, publicKey)) throw new LookTrouble('badSignature', list);
}

async function readList(request: LookRequest, list: string, names: readonly string[]): Promise<Checksums> {
  const content = await readSmall(path.join(request.folder, list));
  await needSignature(request, list, content, names);
  const checksums = readChecksums(content.toString('utf8'));
  if (!checksums) throw new LookTrouble('badList', list);
  return checksums;
}

/** What the lists say of a package. They must agree: two that differ mean that one of them is old or wrong. */
async function digestFor(request: LookRequest, file: string, names: readonly string[]): Promise<string> {
  const present = request.lists.filter((list) => names.includes(list));
  if (present.length === 0) throw new LookTrouble('noList', file);
  let digest: string | null = null;
  for (const list of present) {
    const said = (await readList(request, list, names)).get(file);
    if (said !== undefined && digest !== null && said !== digest) throw new LookTrouble('badList', list);
    digest ??= said ?? null;
  }
  if (digest === null) throw new LookTrouble('unlisted', file);
  return digest;
}

/**
 * Looks for a newer package, copies it into the program's own folder and proves the copy.
 * @param alive called while it gets on
 * @returns null when nothing newer is there
 * @throws LookTrouble; whatever else the file system says comes as `unreadable`
 */
export async function look(request: LookRequest, alive: () => void): Promise<ProvedPackage | null> {
  const { folder, copies, here } = request;
  const names = await namesIn(folder);
  alive();
  const choice = choosePackage(names, here);
  try {
    if (choice.kind === 'other') throw new LookTrouble('otherSystem', choice.file);
    if (choice.kind === 'nothing') {
      await keepOnly(copies, null);
      return null;
    }
    const { found } = choice;
    const digest = await digestFor(request, found.file, names);
    alive();
    const bytes = await copyPackage({ folder, file: found.file, digest, copies, alive });
    return { ...found, bytes, digest };
  } catch (error) {
    // What was copied earlier is not offered beside what is wrong now.
    await keepOnly(copies, null);
    throw error instanceof LookTrouble ? error : new LookTrouble('unreadable');
  }
}
