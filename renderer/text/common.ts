import type { Role } from '../../electron/contract/users.ts';
import { numberText } from '../format.ts';

/** `1 meeting`, `1,234 meetings` */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${numberText(count)} ${count === 1 ? one : many}`;

export const roles: Readonly<Record<Role, string>> = {
  administrator: 'Administrator',
  manager: 'Manager',
  adviser: 'Adviser',
  assistant: 'Assistant',
  readOnly: 'Read-only',
};

export const common = {
  product: 'Daybook',
  windowTitle: (office: string): string => `${office} – Daybook`,
  loading: 'Loading…',
  tryAgain: 'Try again',
  cancel: 'Cancel',
  save: 'Save',
  close: 'Close',
  edit: 'Edit',
  delete: 'Delete',
  undo: 'Undo',
  undone: 'Undone.',
  nothingToUndo: 'There is nothing of yours to undo.',
  clearSearch: 'Clear search',
  dismissMessage: 'Dismiss message',
  troubleTitle: 'This could not be shown',
  broken: {
    title: 'This could not be shown',
    hint: 'Something in the window broke. Your data are safe.',
    reload: 'Show it again',
  },
  roles,
  by: (name: string, when: string): string => `${when} by ${name}`,
  somebody: 'somebody',
  inactive: (name: string): string => `${name} (inactive)`,
  form: {
    empty: (field: string): string => `${field} is missing.`,
    tooLong: (field: string, most: number): string =>
      `${field} is too long: at most ${numberText(most)} characters.`,
    tooShort: (field: string, least: number): string =>
      `${field} is too short: at least ${numberText(least)} characters.`,
    tooMany: (field: string, most: number): string => `${field}: at most ${numberText(most)}.`,
    notValid: (field: string): string => `${field} is not valid.`,
    unlike: 'The two passwords differ.',
    loadOther: 'Load the other version',
    required: 'required',
  },
  dates: {
    placeholder: 'Any day',
    previous: 'Previous',
    next: 'Next',
    clear: 'Clear date',
  },
} as const;
