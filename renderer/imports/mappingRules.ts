import { importFields } from '../../electron/contract/imports.ts';
import type { ImportField, Mapping } from '../../electron/contract/imports.ts';
import { text } from '../text.ts';

const takeSeveral: readonly ImportField[] = ['tags', 'details'];
const needed: readonly ImportField[] = ['client', 'start'];

/** Why this mapping cannot be imported yet, as one sentence; empty when it can. Main checks it again. */
export function mappingTrouble({ columns }: Mapping): string {
  const words = text.imports;
  const twice = importFields.find(
    (field) => !takeSeveral.includes(field) && columns.filter((other) => other === field).length > 1,
  );
  if (twice) return words.twice(words.columns.fields[twice]);
  const missing = needed
    .filter((field) => !columns.includes(field))
    .map((field) => words.columns.fields[field]);
  return missing.length > 0 ? words.missing(missing.join(', ')) : '';
}
