// Programs with windows on machines without a screen.
import { findProgram } from './processes.mjs';
import { Stop } from './say.mjs';
import { hasDisplay } from './system-packages.mjs';

const SCREEN = '-screen 0 1920x1080x24';

/** Wraps a command so that its windows open on a virtual screen if there is no real one. */
export function onSomeDisplay(command, args) {
  if (process.platform !== 'linux' || hasDisplay()) return { command, args, isVirtual: false };
  if (!findProgram('xvfb-run')) throw new Stop('there is no display; install xvfb or set DISPLAY');
  return { command: 'xvfb-run', args: ['-a', '-s', SCREEN, command, ...args], isVirtual: true };
}
