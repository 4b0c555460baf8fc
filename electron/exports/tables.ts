import { stringify } from 'csv-stringify/sync';
import type { ClientRow } from '../contract/clients.ts';
import type { Meeting } from '../contract/meetings.ts';
import type { UserRow } from '../contract/users.ts';
import { withGuard } from '../text/formulas.ts';
import { momentIn, startIn } from './wallText.ts';

/** What cells are made with. */
export interface Telling {
  /** The office's. */
  readonly zone: string;
  /** Display name of a user. */
  readonly nameOf: (userId: string) => string;
}

type Column<R> = readonly [header: string, cell: (record: R, telling: Telling) => string | number];
interface Stamped {
  readonly createdAt: string;
  readonly createdBy: string;
  readonly changedAt: string;
  readonly changedBy: string;
}

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');

const stamps: readonly Column<Stamped>[] = [
  ['Created', ({ createdAt }, { zone }) => momentIn(createdAt, zone)],
  ['Created by', ({ createdBy }, { nameOf }) => nameOf(createdBy)],
  ['Changed', ({ changedAt }, { zone }) => momentIn(changedAt, zone)],
  ['Changed by', ({ changedBy }, { nameOf }) => nameOf(changedBy)],
];

const clientColumns: readonly Column<ClientRow>[] = [
  ['Id', ({ id }) => id],
  ['Name', ({ name }) => name],
  ['Kind', ({ kind }) => kind],
  ['City', ({ city }) => city],
  ['Looked after by', ({ owner }) => owner?.name ?? ''],
  ['Notes', ({ notes }) => notes],
  ['Meetings', ({ meetings }) => meetings],
  ...stamps,
];

/** Where somebody imports the file again, the import knows these columns by their names. */
const meetingColumns: readonly Column<Meeting>[] = [
  ['Id', ({ id }) => id],
  ['Start', ({ start }, { zone }) => startIn(start, zone)],
  ['Client', ({ client }) => client.name],
  ['Title', ({ title }) => title],
  ['Details', ({ details }) => details],
  ['Type', ({ type }) => type],
  ['Status', ({ status }) => status],
  ['Priority', ({ priority }) => priority],
  ['Owner', ({ owner }) => owner.name],
  ['Tags', ({ tags }) => tags.join('; ')],
  ['Duration (minutes)', ({ durationMinutes }) => durationMinutes ?? ''],
  ['Instant (UTC)', ({ start }) => ('at' in start ? start.at : '')],
  ['Client id', ({ client }) => client.id],
  ['Owner id', ({ owner }) => owner.id],
  ...stamps,
];

const userColumns: readonly Column<UserRow>[] = [
  ['Id', ({ id }) => id],
  ['Name', ({ displayName }) => displayName],
  ['User name', ({ userName }) => userName],
  ['Role', ({ role }) => role],
  ['Active', ({ active }) => yesNo(active)],
  ['Sees all clients', ({ role, seesAllClients }) => yesNo(seesAllClients || role === 'administrator')],
  ['Clients assigned', ({ clients }) => clients],
  ...stamps,
];

/** Spreadsheets take the bytes for UTF-8 when the file begins with this mark. */
const mark = '\ufeff';

/** One kind of record as CSV. */
export interface Table<R> {
  readonly head: string;
  rows(records: readonly R[], telling: Telling): string;
}

function tableOf<R>(columns: readonly Column<R>[]): Table<R> {
  const csv = (rows: (string | number)[][]): string =>
    stringify(rows, { record_delimiter: 'windows', cast: { string: withGuard } });
  return {
    head: `${mark}${csv([columns.map(([header]) => header)])}`,
    rows: (records, telling) =>
      csv(records.map((record) => columns.map(([, cell]) => cell(record, telling)))),
  };
}

export const clientTable = tableOf(clientColumns);
export const meetingTable = tableOf(meetingColumns);
export const userTable = tableOf(userColumns);
