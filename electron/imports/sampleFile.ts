import { startKey } from '../calendar/startKey.ts';
import { fold } from '../text/fold.ts';
import { meetingOfRow } from './cells/meetingOfRow.ts';
import { openTable } from './file/openTable.ts';
import { sampleRows } from './file/sampleRows.ts';
import { rowPlan } from './mapping/rowPlan.ts';
import type { FileSample } from './readerMessages.ts';
import type { ReadRequest } from './readMeetings.ts';
import { durationKey } from '../ranking/codes.ts';

/**
 * Sort keys of rows from all over a file, by which the store's orders can be balanced before its rows come in. Files
 * are often sorted, so the first rows alone would say little.
 * @throws FileTrouble when the file cannot be read
 */
export async function sampleFile({ path, mapping, zone }: ReadRequest): Promise<FileSample> {
  const table = await openTable(path, mapping.sheet);
  try {
    const plan = rowPlan(table.headers, mapping, zone);
    const keys: FileSample['keys'] = { start: [], title: [], client: [], duration: [] };
    const { rows, share } = await sampleRows(table, path);
    for (const row of rows) {
      const read = meetingOfRow(row, plan);
      for (const meeting of typeof read === 'string' ? [] : read) {
        keys.start.push(startKey(meeting.start, zone));
        keys.title.push(fold(meeting.title));
        keys.client.push(fold(meeting.client));
        keys.duration.push(durationKey(meeting.durationMinutes));
      }
    }
    return { keys, meetings: Math.round(keys.start.length / share) };
  } finally {
    await table.close();
  }
}
