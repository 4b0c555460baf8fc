import type { MeetingFields } from '../contract/meetings.ts';

type MeetingType = MeetingFields['type'];

/** What a small advisers' office talks about with its clients, the commonest first; each with the tag it gets. */
export const subjects: readonly (readonly [subject: string, tag: string])[] = [
  ['the annual accounts', 'accounts'],
  ['the VAT return', 'VAT'],
  ['the payroll', 'payroll'],
  ['the insurance renewal', 'insurance'],
  ['an unpaid invoice', 'invoice'],
  ['the tax assessment', 'tax'],
  ['the lease contract', 'lease'],
  ['a loan application', 'loan'],
  ['the new offer', 'offer'],
  ['the pension scheme', 'pension'],
  ['the move to the new premises', 'premises'],
  ['the annual general meeting', 'general meeting'],
  ['hiring a second employee', 'staff'],
  ['the data protection register', 'data protection'],
  ['the subsidy file', 'subsidy'],
  ['the company car policy', 'company car'],
  ['the shareholder agreement', 'shareholders'],
  ['the inheritance plan', 'inheritance'],
  ['the audit of last year', 'audit'],
  ['the supplier contract', 'contract'],
  ['the energy contract', 'energy'],
  ['the work permit', 'work permit'],
  ['the customs file', 'customs'],
  ['a complaint about delivery', 'complaint'],
  ['the sale of the business', 'succession'],
  ['the website and e-invoicing', 'e-invoicing'],
  ['the building permit', 'permit'],
  ['the sick leave of an employee', 'sick leave'],
  ['the property tax', 'property'],
  ['the annual budget', 'budget'],
];

/** Tags that say something about the meeting rather than its subject, the commonest first. */
export const otherTags: readonly string[] = [
  'follow-up',
  'documents missing',
  'waiting for client',
  'VIP',
  'new client',
  'referral',
  'deadline',
  'in French',
  'op locatie',
  'à facturer',
  'dringende Frage',
  'first contact',
];

/** Titles; `{subject}`, `{person}` and `{city}` are filled in. */
export const titles: Readonly<Record<MeetingType, readonly string[]>> = {
  email: [
    'Question about {subject}',
    'Documents for {subject}',
    'Reply on {subject}',
    'Sent the draft for {subject}',
    '{person} asks about {subject}',
    'Figures received for {subject}',
  ],
  call: [
    'Phone call about {subject}',
    'Called {person} about {subject}',
    '{person} called about {subject}',
    'Short call: {subject}',
    'Called back about {subject}',
  ],
  visit: [
    'Visit in {city}: {subject}',
    'Meeting with {person} on {subject}',
    'Went through {subject}',
    'Signed the papers for {subject}',
    'Yearly visit, and {subject}',
  ],
  video: ['Video call on {subject}', 'Video call with {person}: {subject}', 'Screen shared: {subject}'],
  sms: ['Reminder about {subject}', '{person} confirms the appointment', 'Running late for {subject}'],
  letter: ['Registered letter on {subject}', 'Letter about {subject}', 'Signed copy for {subject}'],
};

/** First sentence of the details. */
export const openings: readonly string[] = [
  '{person} wants to settle {subject} before the end of the month.',
  'Discussed {subject} with {person}; two points stay open.',
  '{person} sent the missing papers for {subject}.',
  'We explained the steps for {subject} and what they cost.',
  '{person} is worried about {subject} and asked for a second opinion.',
  'Checked the figures for {subject}; they agree with last year.',
  'The deadline for {subject} was moved by two weeks.',
  '{person} was abroad; the colleague knows about {subject} now.',
];

/** What comes next; the second sentence. */
export const sequels: readonly string[] = [
  'Next step: we send a draft and call again on Thursday.',
  'Waiting for the bank statement.',
  'To be invoiced with the next quarter.',
  'Ask the notary for an appointment.',
  'Nothing more to do for now.',
  'The client signs next week at the office.',
  'Copy filed; original sent by post.',
  'Agreed to meet again in three months.',
  'A reminder is set for the first of the month.',
];
