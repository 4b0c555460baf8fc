import type { JournalEntry } from '../../electron/contract/journal.ts';

type Action = JournalEntry['action'];
type Noun = JournalEntry['noun'];

const nouns: Readonly<Record<Noun, string>> = {
  office: 'office',
  meeting: 'meeting',
  client: 'client',
  user: 'user',
  import: 'import',
  template: 'import template',
};
const actions: Readonly<Record<Action, (noun: string, label: string) => string>> = {
  create: (noun, label) => `Created the ${noun} “${label}”`,
  update: (noun, label) => `Changed the ${noun} “${label}”`,
  delete: (noun, label) => `Deleted the ${noun} “${label}”`,
  assign: (_noun, label) => `Assigned clients to “${label}”`,
  import: (_noun, label) => `Imported “${label}”`,
  recover: (_noun, label) => `Set a new password of “${label}” with the recovery code`,
  renewCode: (_noun, label) => `Made a new recovery code of “${label}”`,
  undo: (noun, label) => `Took back a change of the ${noun} “${label}”`,
};

export const journal = {
  title: 'Journal',
  table: 'Journal',
  hint: 'What was done, latest first.',
  columns: { at: 'When', by: 'Who', what: 'What', actions: 'Actions' },
  what: (action: Action, noun: Noun, label: string): string => actions[action](nouns[noun], label),
  undo: (what: string): string => `Undo: ${what}`,
  takenBack: 'Taken back',
  more: 'Show earlier entries',
  damaged:
    'What was done before cannot be shown: the files that hold it are not as Daybook sealed them. Everything else in the office is there.',
  emptyTitle: 'Nothing was done yet',
  emptyHint: 'Every change is written down here, and most can be taken back.',
  fields: 'Fields',
  changedFields: (names: string): string => `Changed: ${names}`,
} as const;
