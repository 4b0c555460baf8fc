import type { ImportField } from '../../electron/contract/imports.ts';
import { counted } from './common.ts';
import { numberText } from '../format.ts';

const fields: Readonly<Record<ImportField, string>> = {
  client: 'Client',
  owner: 'Owner',
  title: 'Title',
  details: 'Details',
  start: 'Start',
  type: 'Type',
  status: 'Status',
  priority: 'Priority',
  tags: 'Tags',
  durationMinutes: 'Duration',
};

export const imports = {
  title: 'Import meetings',
  drop: 'Drop a CSV file or an Excel workbook anywhere here',
  dropHint: 'or choose it. The first line names the columns; nothing is written before you say so.',
  dropNow: 'Let go to read the file',
  choose: 'Choose a file',
  chooseOther: 'Choose another file',
  oneFile: 'Only the first of these files was taken.',
  file: (name: string, size: string): string => `${name}, ${size}`,
  reading: 'Reading the file…',
  columns: {
    label: 'Columns of the file',
    header: 'Column',
    samples: 'For example',
    field: 'Becomes',
    fieldOf: (column: string): string => `Field for column ${column}`,
    unnamed: (position: number): string => `Column ${numberText(position)}`,
    leaveOut: 'Leave out',
    fields,
  },
  rules: {
    title: 'How to read it',
    dateOrder: 'Order of dates',
    dateOrders: {
      iso: '2026-11-21 (year first, ISO)',
      dmy: '21/11/2026 (day first)',
      mdy: '11/21/2026 (month first)',
      ymd: '2026/11/21 (year first)',
    },
    dateMeaning: 'What the dates mean',
    /** Nothing in the file says whether the day or the month comes first. */
    openDates: (sample: string): string => `Say what the dates mean: ${sample} can be read in two ways.`,
    reading: (sample: string, day: string): string => `${sample} is ${day}`,
    clients: 'A cell with several clients',
    clientsPerCell: {
      one: 'One client, with this whole name',
      several: 'Several, one meeting for each',
    },
    clientsHint: {
      one: 'A meeting has one client.',
      several:
        'A meeting has one client: a row with three of them becomes three meetings. They are told apart by semicolons, bars or line breaks.',
    },
    sheet: 'Sheet',
    type: 'Type, if none is given',
    status: 'Status, if none is given',
    priority: 'Priority, if none is given',
    owner: 'Owner, if none is given',
    ownerSelf: 'You',
    text: (encoding: string, delimiter: string): string =>
      `Read as ${encoding}, columns split by ${delimiter}.`,
    delimiters: { comma: 'commas', semicolon: 'semicolons', tab: 'tabs', bar: 'bars' },
    workbook: (sheet: string): string => `Read as an Excel workbook, sheet “${sheet}”.`,
  },
  twice: (field: string): string => `${field} can take one column only.`,
  missing: (fieldNames: string): string => `Still without a column: ${fieldNames}.`,
  start: 'Import',
  progress: {
    label: 'Import progress',
    states: {
      reading: 'Reading',
      writing: 'Writing',
      finishing: 'Finishing',
      done: 'Done',
      cancelled: 'Cancelled',
      failed: 'Failed',
    },
    counts: (read: number, accepted: number, refused: number): string =>
      `${counted(read, 'row')} read, ${numberText(accepted)} accepted, ${numberText(refused)} refused`,
    cancel: 'Cancel import',
    nothingSeen: 'Nothing of it is seen before all of it is in.',
  },
  cancelled: 'The import was cancelled. Nothing of it stays.',
  failed: 'The import failed. Nothing of it stays.',
  report: {
    title: 'Import finished',
    meetings: (count: number): string => counted(count, 'meeting'),
    clients: (count: number): string => counted(count, 'new client'),
    users: (count: number): string => counted(count, 'new user'),
    refused: (count: number): string => `${counted(count, 'row')} refused`,
    refusedTable: 'Refused rows',
    line: 'Line',
    reason: 'Reason',
    first: (shown: number, total: number): string =>
      `The first ${numberText(shown)} of ${numberText(total)} are listed.`,
    more: 'Show more',
    undo: 'Undo this import',
    undone: 'The import was taken back.',
    showMeetings: 'Show meetings',
    again: 'Import another file',
  },
} as const;
