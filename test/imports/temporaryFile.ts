import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

/** Writes files into a folder that goes when the test file is over. @returns writes one, answers its path */
export function temporaryFiles(): (content: string | Buffer, name?: string) => string {
  const folder = mkdtempSync(path.join(tmpdir(), 'daybook-import-'));
  let written = 0;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (content, name = 'meetings.csv') => {
    written += 1;
    const file = path.join(folder, `${String(written)}-${name}`);
    writeFileSync(file, content);
    return file;
  };
}
