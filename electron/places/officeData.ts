import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const manifestOf = (folder: string): string =>
  path.join(folder, 'data', 'appendonlydir', 'appendonly.aof.manifest');

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

const entries = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** An engine that came so far had data in its hands. */
function engineWasThere(folder: string): boolean {
  const file = path.join(folder, 'data', 'engine.log');
  if (!existsSync(file)) return false;
  try {
    // Said with a capital of ports and without of sockets.
    return /ready to accept connections/i.test(readFileSync(file, 'latin1'));
  } catch {
    return false;
  }
}

/** A new, empty base is some ninety bytes; a first start that a full disk cut off leaves one behind. */
const emptyBytes = 1_000;

const dataFile = /^appendonly\.aof\.\d+\.(base\.(rdb|aof)|incr\.aof)$/;

/**
 * Whether the engine's files are there. Without their list the engine would begin anew; whoever opens the office makes that
 * from their names.
 */
export function hasData(folder: string): boolean {
  const files = path.join(folder, 'data', 'appendonlydir');
  return (
    sizeOf(manifestOf(folder)) > 0 ||
    entries(files).some((name) => dataFile.test(name) && sizeOf(path.join(files, name)) > emptyBytes)
  );
}

/**
 * Whether something in the folder tells of an office that was here: sealed parts of its journal, backups, what is left
 * of the engine's files, the log of an engine that once ran.
 */
export function tellsOfOffice(folder: string): boolean {
  const files = path.join(folder, 'data', 'appendonlydir');
  return (
    entries(path.join(folder, 'journal')).length > 0 ||
    entries(path.join(folder, 'backups')).length > 0 ||
    entries(files).some((name) => sizeOf(path.join(files, name)) > emptyBytes) ||
    engineWasThere(folder)
  );
}
