import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

// An office in each layout that this program ever wrote, with what it showed its people then; ./recordLayout.ts makes them.
const folder = path.join(import.meta.dirname, 'layouts');
const officeIn = (layout: number): string => path.join(folder, String(layout), 'office');
const expectedFile = (layout: number): string => path.join(folder, String(layout), 'expected.json.gz');

export const recordedLayouts = (): number[] =>
  readdirSync(folder)
    .map(Number)
    .sort((one, other) => one - other);

/** @param files paths within the office's folder */
export function keepLayout(
  layout: number,
  office: string,
  files: readonly string[],
  expected: unknown,
): void {
  for (const file of files) {
    const target = path.join(officeIn(layout), `${file}.gz`);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, gzipSync(readFileSync(path.join(office, file)), { level: 9 }));
  }
  writeFileSync(expectedFile(layout), gzipSync(JSON.stringify(expected), { level: 9 }));
}

/** Puts the office into an empty folder, as it was when its engine was killed. */
export function unpackLayout(layout: number, target: string): void {
  const from = officeIn(layout);
  for (const name of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.gz')) continue;
    const file = path.join(target, name.slice(0, -'.gz'.length));
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, gunzipSync(readFileSync(path.join(from, name))), { mode: 0o600 });
  }
}

/** As ./reads.ts has it. */
export const expectedOf = (layout: number): unknown =>
  JSON.parse(gunzipSync(readFileSync(expectedFile(layout))).toString('utf8'));
