import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

export const projectRoot = path.resolve(import.meta.dirname, '../..');

/** The folder of the packages made by `npm run test:package`. */
export function packages(): string {
  const folder = process.env['DAYBOOK_PACKAGES'];
  if (!folder) throw new Error('these tests look at finished packages: start them by `npm run test:package`');
  return folder;
}

/** All files below a folder, by their path inside it. */
export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();

/** The one .deb among the packages. */
export function debFile(): string {
  const name = readdirSync(packages()).find((each) => each.endsWith('.deb'));
  if (!name) throw new Error('there is no .deb among the packages');
  return path.join(packages(), name);
}

export const output = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
