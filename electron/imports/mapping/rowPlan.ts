import { importFields, type ImportField, type Mapping } from '../../contract/imports.ts';
import { cellReaders } from '../cells/cellReaders.ts';
import type { RowPlan } from '../cells/meetingOfRow.ts';

/** Fields that take the texts of several columns. */
const takeSeveral: ReadonlySet<ImportField> = new Set(['tags', 'details']);

/** What is wrong with a mapping whatever the file is, or null: `The mapping names no column for the client`. */
export function mappingTrouble(mapping: Mapping): string | null {
  for (const field of importFields) {
    const columns = mapping.columns.filter((mapped) => mapped === field).length;
    if (columns > 1 && !takeSeveral.has(field)) return `The mapping names several columns for one field`;
  }
  if (!mapping.columns.includes('client')) return 'The mapping names no column for the client';
  if (!mapping.columns.includes('start')) return 'The mapping names no column for the date';
  return null;
}

export function rowPlan(headers: readonly string[], mapping: Mapping, zone: string): RowPlan {
  const columns = Object.fromEntries(
    importFields.map((field) => [field, indexesOf(mapping, field)]),
  ) as unknown as RowPlan['columns'];
  return { headers, mapping, zone, columns, readers: cellReaders(mapping, zone) };
}

const indexesOf = (mapping: Mapping, field: ImportField): number[] =>
  mapping.columns.flatMap((mapped, index) => (mapped === field ? [index] : []));
