import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { hasNoScreen } from './display.ts';

export const projectRoot = path.resolve(import.meta.dirname, '../../..');

/** What the stories start. */
export interface Runtime {
  readonly executable: string;
  readonly args: readonly string[];
  /** A package forbids to be driven from its main process; then only its windows are reached. */
  readonly isPackaged: boolean;
}

const script = (name: string): string =>
  execFileSync(process.execPath, [path.join(projectRoot, 'scripts', name)], { encoding: 'utf8' }).trim();

/** Chosen and built by `npm run test:e2e`; a run without it does the same here. */
function electron(): string {
  const chosen = process.env['DAYBOOK_ELECTRON_EXECUTABLE'];
  if (chosen) return chosen;
  script('build.mjs');
  return script('electron-runtime.mjs');
}

function switches(): string[] {
  // Chromium's sandbox refuses to run as root, and its complaints about missing desktop parts help nobody.
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  return [
    ...(isRoot ? ['--no-sandbox'] : []),
    // A virtual screen has no graphics card. Chromium would find that out by a process that ends at once, and on a busy
    // machine it sometimes misses that end and waits for ever: two starts of a hundred.
    ...(hasNoScreen ? ['--disable-gpu'] : []),
    '--log-level=3',
  ];
}

let found: Runtime | undefined;

/** The program as built in this checkout, or the packaged one that DAYBOOK_PROGRAM names. */
export function runtime(): Runtime {
  const program = process.env['DAYBOOK_PROGRAM'];
  found ??= program
    ? { executable: path.resolve(program), args: switches(), isPackaged: true }
    : { executable: electron(), args: [projectRoot, ...switches()], isPackaged: false };
  return found;
}
