import { existsSync } from 'node:fs';
import path from 'node:path';

/** Whether an engine has written in a folder of an office. */
export const holdsOffice = (folder: string): boolean =>
  existsSync(path.join(folder, 'data', 'appendonlydir'));
