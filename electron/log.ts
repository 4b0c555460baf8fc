import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

/** Values a log line may carry: never a password, never what the office wrote down. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Log {
  info(what: string, facts?: LogFacts): void;
  warn(what: string, facts?: LogFacts): void;
  error(what: string, facts?: LogFacts): void;
}

type Level = keyof Log;
const largestBytes = 1_000_000;

const lineOf = (level: Level, what: string, facts: LogFacts): string => {
  const told = Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  return `${new Date().toISOString()} ${level.padEnd(5)} ${what}${told.join('')}\n`;
};

/** Where a log goes; a log that cannot be written must not stop the program. */
export function logTo(write: (line: string) => void): Log {
  const say =
    (level: Level) =>
    (what: string, facts: LogFacts = {}) => {
      try {
        write(lineOf(level, what, facts));
      } catch {
        // A full disk or a read-only folder: there is nowhere left to say so.
      }
    };
  return { info: say('info'), warn: say('warn'), error: say('error') };
}

/** A log file; the one before it is kept beside it as `.old` once it has grown past a megabyte. */
export function fileLog(file: string): Log {
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestBytes)
      renameSync(file, `${file}.old`);
  } catch {
    // Same reason as above.
  }
  return logTo((line) => {
    appendFileSync(file, line, { mode: 0o600 });
  });
}

export const silentLog: Log = logTo(() => undefined);
