import { importFields } from '../../electron/contract/imports.ts';
import type { ImportField, Mapping } from '../../electron/contract/imports.ts';
import { text } from '../text.ts';
import type { Inspection } from './importSteps.ts';

const takeSeveral: readonly ImportField[] = ['tags', 'details'];
const needed: readonly ImportField[] = ['client', 'start'];

export type OpenDates = NonNullable<NonNullable<Inspection['columns'][number]['dates']>['open']>;

/** How the dates of the start's column are written; null when no column is the start, or it holds no dates. */
const startDates = ({ columns }: Inspection, mapping: Mapping): Inspection['columns'][number]['dates'] =>
  columns[mapping.columns.indexOf('start')]?.dates ?? null;

/** A date of the file that can be read both ways, when nothing in the file says which is meant. */
export const openDates = (inspection: Inspection, mapping: Mapping): OpenDates | null =>
  startDates(inspection, mapping)?.open ?? null;

/** Another column for the start brings its own order of dates, which has to be chosen anew where it is open. */
export function mapped(
  inspection: Inspection,
  before: { readonly mapping: Mapping; readonly dateOrderChosen: boolean },
  mapping: Mapping,
): { mapping: Mapping; dateOrderChosen: boolean } {
  const moved = before.mapping.columns.indexOf('start') !== mapping.columns.indexOf('start');
  const dates = moved ? startDates(inspection, mapping) : null;
  return {
    mapping: dates ? { ...mapping, dateOrder: dates.order } : mapping,
    dateOrderChosen: before.dateOrderChosen && !moved,
  };
}

/** Why this mapping cannot be imported yet, as one sentence; empty when it can. Main checks it again. */
export function mappingTrouble({ columns }: Mapping, undecided: OpenDates | null): string {
  const words = text.imports;
  const twice = importFields.find(
    (field) => !takeSeveral.includes(field) && columns.filter((other) => other === field).length > 1,
  );
  if (twice) return words.twice(words.columns.fields[twice]);
  const missing = needed
    .filter((field) => !columns.includes(field))
    .map((field) => words.columns.fields[field]);
  if (missing.length > 0) return words.missing(missing.join(', '));
  return undecided ? words.rules.openDates(undecided.sample) : '';
}
