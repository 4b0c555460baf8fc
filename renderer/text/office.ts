import { bytesText, numberText } from '../format.ts';
import type { OfficeColour } from '../../electron/contract/office.ts';

const colours: Readonly<Record<OfficeColour, string>> = {
  blue: 'Blue',
  teal: 'Teal',
  green: 'Green',
  brown: 'Brown',
  red: 'Red',
  violet: 'Violet',
  grey: 'Grey',
};

const countText = (count: number, one: string): string =>
  `${numberText(count)} ${count === 1 ? one : `${one}s`}`;

export const office = {
  colours,
  settings: {
    title: 'Office',
    name: 'Office name',
    colour: 'Colour',
    colourHint: 'Marks this office in every window, so that it is not taken for another.',
    recovery: 'Recovery code',
    recoveryHint: 'Sets a new password when every administrator has lost theirs.',
    recoveryNone: 'There is none yet. Without it nobody can help when every administrator has lost theirs.',
    renew: 'Make a new code…',
    save: 'Save office',
    saved: (name: string): string => `Saved “${name}”.`,
  },
  code: {
    title: 'Your recovery code',
    intro:
      'When the password of every administrator is lost, this code is the only way back in. Write it down and keep it away from this computer: it is shown only now.',
    label: 'Recovery code',
    copy: 'Copy',
    copied: 'Copied',
    written: 'I have written it down',
    proceed: 'Continue',
  },
  renew: {
    title: 'New recovery code',
    intro: 'The code you have now will no longer work.',
    first: 'It sets a new password when every administrator has lost theirs.',
    password: 'Your password',
    submit: 'Make the code',
  },
  check: {
    title: 'Check this office',
    intro:
      'Daybook compares every record with everything it keeps to find, count and sort records by. People can work meanwhile.',
    start: 'Check now',
    repair: 'Repair',
    again: 'Check again',
    cancel: 'Cancel',
    progress: 'Progress of the check',
    running: (meetings: number): string => `${numberText(meetings)} meetings looked through…`,
    repairing: (meetings: number): string => `Repairing, ${numberText(meetings)} meetings looked through…`,
    agrees: (meetings: number, clients: number, seconds: number): string =>
      `Everything agrees: ${countText(meetings, 'meeting')}, ${countText(clients, 'client')} looked through in ${numberText(seconds)} s.`,
    differs: 'Some of what Daybook keeps does not agree with the records:',
    repaired: 'This was put right from the records:',
    cancelled: 'The check was cancelled before it was through.',
    cancelledRepair: 'The repair was cancelled before it was through. What it put right is right.',
    harmless:
      'A repair works this out from the records again. It changes no record, and people can go on working.',
    notInCopy: 'It can be repaired only in the office itself, not in this copy.',
    forSupport: 'Details for support',
    examples: (index: string, examples: readonly string[]): string => `${index}: ${examples.join(' · ')}`,
  },
  export: {
    title: 'Export',
    intro:
      'Everything in this office, written into a folder as files that anybody can read without Daybook: tables for Excel, a page for each client, a calendar and an address book.',
    care: 'Whoever can open the folder can read all of it. For bringing the office back there are backups.',
    withJournal: 'With the journal',
    journalHint: 'Who did what and when; it also tells of what was changed or deleted.',
    start: 'Choose a folder and export…',
    choosing: 'Choosing a folder…',
    progress: 'Progress of the export',
    running: {
      clients: 'Writing clients…',
      meetings: 'Writing meetings…',
      journal: 'Writing the journal…',
    },
    cancelled: 'The export was cancelled; nothing of it was left.',
    done: (meetings: number, clients: number, bytes: number): string =>
      `${countText(meetings, 'meeting')} and ${countText(clients, 'client')} are exported (${bytesText(bytes)}):`,
    show: 'Show the folder',
  },
  offer: {
    sentence: 'This office has no recovery code for lost passwords.',
    make: 'Make one…',
    later: 'Later',
  },
} as const;
