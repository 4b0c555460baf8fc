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
  offer: {
    sentence: 'This office has no recovery code for lost passwords.',
    make: 'Make one…',
    later: 'Later',
  },
} as const;
