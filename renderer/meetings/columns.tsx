import type { Meeting, SortField } from '../../electron/contract/meetings.ts';
import type { Start as StartValue } from '../../electron/contract/values.ts';
import { durationText, startDay, startTime } from '../format.ts';
import type { Column } from '../list/column.ts';
import { text } from '../text.ts';
import { marked } from '../ui/marked.tsx';
import { cueOf } from './Cue.tsx';
import styles from './columns.module.css';

const { fields } = text.meetings;

/** Day and time, each aligned with those of the rows above and below. */
function Start({ start }: { readonly start: StartValue }) {
  return (
    <>
      <span className={styles.day}>{startDay(start)}</span>
      <span className={styles.time}>{startTime(start)}</span>
    </>
  );
}

/** @param words that are looked for, as `searchWords` answers them */
export const meetingColumns = (words: readonly string[]): readonly Column<Meeting, SortField>[] => [
  {
    id: 'start',
    header: fields.start,
    width: '154px',
    sortBy: 'start',
    render: (row) => <Start start={row.start} />,
  },
  {
    id: 'title',
    header: fields.title,
    width: 'minmax(200px, 2.4fr)',
    sortBy: 'title',
    render: (row) => <span className={styles.title}>{marked(row.title, words)}</span>,
  },
  {
    id: 'client',
    header: fields.client,
    width: 'minmax(120px, 1.3fr)',
    sortBy: 'client',
    render: (row) => marked(row.client.name, words),
  },
  {
    id: 'type',
    header: fields.type,
    width: '74px',
    sortBy: 'type',
    render: (row) => cueOf('type', row.type),
  },
  {
    id: 'status',
    header: fields.status,
    width: '100px',
    sortBy: 'status',
    render: (row) => cueOf('status', row.status),
  },
  {
    id: 'priority',
    header: fields.priority,
    width: '84px',
    sortBy: 'priority',
    render: (row) => cueOf('priority', row.priority),
  },
  {
    id: 'owner',
    header: fields.owner,
    width: 'minmax(94px, 1fr)',
    sortBy: 'owner',
    render: (row) => row.owner.name,
  },
  {
    id: 'tags',
    header: fields.tags,
    width: 'minmax(72px, 1fr)',
    render: (row) => <span className={styles.tags}>{row.tags.join(', ')}</span>,
  },
  {
    id: 'duration',
    header: fields.duration,
    width: '86px',
    sortBy: 'duration',
    numeric: true,
    render: (row) => (row.durationMinutes === null ? '' : durationText(row.durationMinutes)),
  },
];

/** What the columns need at least: as much as a window of the usual size has beside its filters. */
export const meetingGridWidth = 1000;
