import type { Mapping } from '../../contract/imports.ts';
import type { Start } from '../../contract/values.ts';
import { fold } from '../../text/fold.ts';
import { readStart } from './dates.ts';
import { minutesOf } from './durations.ts';
import { oneLine, oneText, severalOf } from './lists.ts';
import { remembering } from './remembering.ts';
import { choiceOf, type ChoiceField, type ChoiceOf } from './vocabulary.ts';

/** What the cells of one file mean by themselves; made once for all its rows. Null is what cannot be read. */
export interface CellReaders {
  readonly clients: (cell: string) => readonly string[];
  readonly owner: (cell: string) => string;
  readonly tags: (cell: string) => readonly string[];
  readonly start: (cell: string) => Start | null;
  readonly minutes: (cell: string) => number | null;
  readonly choices: { readonly [F in ChoiceField]: (cell: string) => ChoiceOf<F> | null };
}

/** @param zone the office's zone, in which times without an offset are read */
export const cellReaders = ({ clients, dateOrder }: Mapping, zone: string): CellReaders => ({
  clients: remembering((cell) => clientsOf(cell, clients)),
  owner: remembering(oneLine),
  tags: remembering((cell) => severalOf(cell).map(oneLine)),
  start: remembering((cell) => readStart(oneText(cell), dateOrder, zone)),
  minutes: remembering((cell) => minutesOf(oneText(cell))),
  choices: {
    type: remembering((cell) => choiceOf('type', oneText(cell))),
    status: remembering((cell) => choiceOf('status', oneText(cell))),
    priority: remembering((cell) => choiceOf('priority', oneText(cell))),
  },
});

/** A meeting has one client, so that of several each gets the meeting. Spellings of one name are one client. */
function clientsOf(cell: string, rule: Mapping['clients']): string[] {
  const names = (rule === 'several' ? severalOf(cell) : [cell]).map(oneLine);
  const byKey = new Map(names.filter((name) => name !== '').map((name) => [fold(name), name]));
  return [...byKey.values()];
}
