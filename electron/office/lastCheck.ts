import path from 'node:path';
import type { CheckReport } from '../contract/check.ts';
import { lastCheck, type LastCheck } from '../contract/health.ts';
import type { Log } from '../log.ts';
import { settingsFile } from '../settingsFile.ts';

const fileIn = (folder: string, log: Log) =>
  settingsFile(path.join(folder, 'last-check.json'), lastCheck, 'last check', log);

/** What the last check of the office in a folder found; null when there was none. */
export function readLastCheck(folder: string, log: Log): LastCheck | null {
  try {
    return fileIn(folder, log).read();
  } catch {
    // Whoever asks how the office is wants to hear the rest; why this is not known is in the log.
    return null;
  }
}

/** Writes down what a check found, without examples, which may hold what people wrote. Without room it is left out. */
export function noteCheck(folder: string, report: CheckReport, log: Log): void {
  const { state, repaired } = report;
  const differences = report.differences.map(({ index, what, count }) => ({ index, what, count }));
  try {
    fileIn(folder, log).write({ at: new Date().toISOString(), state, repaired, differences });
  } catch {
    // The check is worth as much without a note; why there is none is in the log.
  }
}
