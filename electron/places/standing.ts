import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { hasData } from './officeData.ts';

/**
 * How a folder stands to the folder of an office: `own` is the office's folder itself or anything in it, and what another
 * office keeps for itself; `backups` is where its backups lie as long as nobody chose another place, and `inBackups` what
 * lies in there.
 */
export type Standing = 'outside' | 'own' | 'backups' | 'inBackups';

/** Where the backups of an office lie as long as nobody chose another place. */
export const usualBackups = (office: string): string => path.join(office, 'backups');

/** Both without links. */
function isWithin(inner: string, outer: string): boolean {
  const [first = ''] = path.relative(outer, inner).split(path.sep);
  return first !== '..' && !path.isAbsolute(first);
}

const keptByOffices = new Set(['data', 'journal', 'restored', 'kept', 'drafts']);

/** Whether an office keeps a folder, or one above it, for itself. Beside these people may keep what they like. */
function isKeptByOffice(folder: string): boolean {
  const above = path.dirname(folder);
  if (above === folder) return false;
  return (keptByOffices.has(path.basename(folder)) && hasData(above)) || isKeptByOffice(above);
}

/**
 * Whether a folder that somebody chose belongs to an office, whatever links lead there. What is the office's own is not for
 * other files: restoring moves `data` and `journal` away with all that lies in them, and `restored`, `kept` and `drafts`
 * come and go. Nothing but backups themselves is ever taken out of `backups`, and nothing at all out of folders in it.
 * @throws like realpath when one of the two is not there
 */
export async function standingTo(office: string, chosen: string): Promise<Standing> {
  const [whole, folder] = await Promise.all([realpath(office), realpath(chosen)]);
  const usual = await realpath(usualBackups(office)).catch(() => usualBackups(whole));
  if (folder === usual) return 'backups';
  if (isWithin(folder, usual)) return 'inBackups';
  return isWithin(folder, whole) || isKeptByOffice(folder) ? 'own' : 'outside';
}
