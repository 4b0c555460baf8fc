import type { Redis } from 'ioredis';
import { compareClientValues } from './agreement/clientValues.ts';
import { Differences } from './agreement/differences.ts';
import { compareMeetingIndexes } from './agreement/meetingIndexes.ts';
import { compareIds, compareNames, compareVisibility } from './agreement/people.ts';
import { recordsOf, type StoredRecords } from './agreement/records.ts';
import { fold } from './oracle/words.ts';
import { bitsOf, readStoredOffice, type StoredOffice } from './agreement/storedOffice.ts';

/**
 * Reads an office with plain commands, works out from its records alone what every index must hold, and says what does
 * not agree: postings, totals, values of clients, bitmaps of what exists and who sees it, codes of the sort orders, client column, words and
 * their parts, names, ids, ids of other programs, templates of imports, and keys nobody should have left behind. No import may be under way.
 * @param redis a connection that may read the office's keys
 * @param office its number
 * @returns the records, and the differences by name, none when all is well
 */
export async function agreementOf(
  redis: Redis,
  office = 1,
): Promise<{ records: StoredRecords; differences: string[] }> {
  const stored = await readStoredOffice(redis, office);
  const records = recordsOf(stored);
  const differences = new Differences();
  for (const { id, slot } of records.astray) differences.add('records', `${id} names client ${String(slot)}`);
  compareVisibility(stored, records, differences);
  compareNames(stored, records, differences);
  compareIds(stored, records, differences);
  compareMeetingIndexes(stored, records, differences);
  compareClientValues(stored, records, differences);
  compareTouched(stored, records, differences);
  compareImports(stored, differences);
  compareTemplates(stored, differences);
  compareKeys(stored, differences);
  return { records, differences: differences.lines() };
}

/** Rows whose meeting was written again since it was made. */
function compareTouched(
  { strings }: StoredOffice,
  { meetings }: StoredRecords,
  differences: Differences,
): void {
  const changed = [...meetings].filter(([, { version }]) => version > 1).map(([row]) => row);
  differences.sameMembers('touched', changed, bitsOf(strings.get('touched')));
}

/** Nothing is staged, and what came with an import is known for those alone that are in. */
function compareImports({ hashes, names, strings }: StoredOffice, differences: Differences): void {
  differences.sameMembers('staged', [], bitsOf(strings.get('staged')));
  const imports = Object.entries(hashes.get('imports') ?? {});
  for (const [id, text] of imports) {
    const { state } = JSON.parse(text) as { state: string };
    if (state !== 'done') differences.add('imports', `${id} is ${state}`);
  }
  for (const name of names) {
    const [kind = '', id = ''] = name.split(':');
    if (kind.startsWith('import_') && id !== '' && !imports.some(([known]) => known === id))
      differences.add('imports', `${name} is left over`);
  }
}

/** Templates stand under their folded names. */
function compareTemplates({ hashes }: StoredOffice, differences: Differences): void {
  for (const [key, text] of Object.entries(hashes.get('import_templates') ?? {})) {
    const { name, nameKey } = JSON.parse(text) as { name: string; nameKey: string };
    if (key !== fold(name) || nameKey !== key)
      differences.add('import_templates', `${JSON.stringify(name)} stands under ${JSON.stringify(key)}`);
  }
}

const known = new Set(
  `office meeting client user secret users user_names ids folded labels client_values client_ids common_words live touched staged visible live_clients
  visible_clients users_of_client posting totals lexicon client_column clients_by_name orders order bounds journal undone
  writes write_order imports import_rows import_clients import_users import_viewers import_shown import_updates
  import_before import_templates external_ids`.split(/\s+/),
);

/** Keys of a ranking that was cut off are thrown away by the next one. */
function compareKeys({ hashes, names }: StoredOffice, differences: Differences): void {
  const building = hashes.get('orders') ?? {};
  for (const name of names) {
    const [kind = '', order = ''] = name.split(':');
    if (kind === 'unranked' && building[`${order}:building`] !== undefined) continue;
    if (!known.has(kind)) differences.add('keys', `nobody knows ${name}`);
  }
}
