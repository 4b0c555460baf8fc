import { spawn } from 'node:child_process';

/** Then windows open on a virtual screen. */
export const hasNoScreen =
  process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];

let display: Promise<string | undefined> | undefined;

/** Starts a virtual screen of the size of a large office monitor; it ends with this process. */
function startVirtualScreen(): Promise<string> {
  const screen = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  process.once('exit', () => screen.kill());
  screen.unref();
  return new Promise((resolve, reject) => {
    screen.once('error', () => {
      reject(new Error('there is no display: install xvfb or set DISPLAY'));
    });
    screen.stdout.once('data', (number: Buffer) => {
      resolve(`:${number.toString().trim()}`);
    });
  });
}

/** The display windows open on; undefined where the system has no such thing. */
export function someDisplay(): Promise<string | undefined> {
  display ??= hasNoScreen ? startVirtualScreen() : Promise.resolve(process.env['DISPLAY']);
  return display;
}
