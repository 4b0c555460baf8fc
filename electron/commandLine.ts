/** What the person asked for when starting the program. */
export interface CommandLine {
  /** Opens a throw-away demo office. */
  readonly demo: boolean;
  /** Data folder of the office to open; null for the usual one. */
  readonly office: string | null;
  /** Sign in, write a picture of the meeting list to this file, and leave. */
  readonly screenshot: string | null;
  readonly screenshotTheme: 'light' | 'dark' | null;
  /** With `screenshot`: who signs in; the password comes from DAYBOOK_PASSWORD, never from the command line. */
  readonly user: string | null;
  /** Our own mark: the program started itself anew, because its first window did not come up. */
  readonly startedAnew: boolean;
}

/** Said to the program that is started in place of one whose window did not come up: it looks for no graphics card. */
export const switchesOfNewStart = ['--disable-gpu', '--started-anew'] as const;

export class CommandLineError extends Error {}

const themes = ['light', 'dark'] as const;

/** @param args without the program's own name; switches of Chromium and of other programs pass unread */
export function readCommandLine(args: readonly string[]): CommandLine {
  const values = new Map<string, string>();
  for (const argument of args) {
    const [, name, value] = /^--([a-z-]+)(?:=(.*))?$/s.exec(argument) ?? [];
    if (name !== undefined) values.set(name, value ?? '');
  }
  const text = (name: string): string | null => {
    const value = values.get(name);
    if (value === '') throw new CommandLineError(`--${name} needs a value: --${name}=...`);
    return value ?? null;
  };
  const theme = text('screenshot-theme');
  const known = themes.find((name) => name === theme) ?? null;
  if (theme !== null && known === null) throw new CommandLineError('--screenshot-theme is light or dark');
  const office = text('office');
  const demo = values.has('demo');
  if (demo && office !== null) throw new CommandLineError('--demo and --office exclude each other');
  return {
    ...{ demo, office, screenshot: text('screenshot'), screenshotTheme: known, user: text('user') },
    startedAnew: values.has('started-anew'),
  };
}
