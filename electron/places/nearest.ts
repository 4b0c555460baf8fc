import { statSync } from 'node:fs';
import path from 'node:path';

/** The folder itself, or the one above it that is there. @throws like stat */
export function nearest(folder: string): string {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found) return folder;
  const above = path.dirname(folder);
  if (above === folder) throw Object.assign(new Error('no such drive'), { code: 'ENOENT' });
  return nearest(above);
}
