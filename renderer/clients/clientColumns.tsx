import type { ClientRow } from '../../electron/contract/clients.ts';
import type { Column } from '../list/column.ts';
import { text } from '../text.ts';
import styles from './ClientsScreen.module.css';

const words = text.clients;

export const clientColumns: readonly Column<ClientRow, never>[] = [
  {
    id: 'name',
    header: words.columns.name,
    width: 'minmax(200px, 3fr)',
    render: (row) => <span className={styles.name}>{row.name}</span>,
  },
  { id: 'kind', header: words.columns.kind, width: '110px', render: (row) => words.kinds[row.kind] },
  { id: 'city', header: words.columns.city, width: 'minmax(110px, 1fr)', render: (row) => row.city },
  {
    id: 'meetings',
    header: words.columns.meetings,
    width: '110px',
    numeric: true,
    render: (row) => words.meetingCount(row.meetings),
  },
];

export const clientGridWidth = 546;
