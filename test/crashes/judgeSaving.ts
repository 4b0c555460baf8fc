import { openStore } from '../../electron/office/openStore.ts';
import { connect } from '../../electron/redis/connection.ts';
import { EngineTrouble } from '../../electron/redis/engine.ts';
import { agreementOf } from '../support/agreement.ts';
import { engineOptions, luaFolder } from '../support/engine.ts';
import { countsIn, lostOf, wrongsIn, type Diary } from './diary.ts';

/** What people find who come back to an office they saved in. */
export interface SavingJudged {
  /** What must not be, in words; none when all is well. */
  readonly wrongs: readonly string[];
  /** Saves that were acknowledged and are not there. */
  readonly lost: number;
  /** Meetings there are beside theirs. */
  readonly others: number;
}

/** Entries of the journal in an office that nobody has open. */
export async function entriesIn(dataFolder: string): Promise<number> {
  const opened = await openStore({ ...engineOptions(dataFolder), luaFolder });
  try {
    return ((await opened.store.call('journal_head', {})) as { last: number }).last;
  } finally {
    await opened.close();
  }
}

/**
 * Opens an office as the program does, with the engine that ships, and compares it with what was acknowledged, every
 * index with the records, and the journal with the number of changes.
 * @param entriesBefore entries of the journal before anybody saved; null when it has others since
 */
export async function judgeSaving(
  dataFolder: string,
  diary: Diary,
  entriesBefore: number | null,
): Promise<SavingJudged> {
  const opened = await openStore({ ...engineOptions(dataFolder), luaFolder }).catch((error: unknown) => {
    if (error instanceof EngineTrouble) return error;
    throw error;
  });
  if (opened instanceof EngineTrouble)
    return {
      ...{ lost: opened.damage?.lost ?? 0, others: 0 },
      wrongs: [`${opened.message}, ${JSON.stringify(opened.damage)}: ${opened.log.slice(-600)}`],
    };
  try {
    const redis = await connect(opened.engine.endpoint, 'daybook');
    const { records, differences } = await agreementOf(redis).finally(() => {
      redis.disconnect();
    });
    const meetings = [...records.meetings.values()].filter(({ title }) =>
      diary.sent.has(title.split(' ')[0] ?? ''),
    );
    const found = countsIn(meetings.map(({ title }) => title));
    const wrongs = [...wrongsIn(diary, found), ...differences];
    // A save that was made twice shows in the version, and in the journal.
    for (const { title, version } of meetings)
      if (version !== Number(title.split(' ')[1]) + 1) wrongs.push(`${title} has version ${String(version)}`);
    const { last } = (await opened.store.call('journal_head', {})) as { last: number };
    const changes = meetings.reduce((sum, { version }) => sum + version, 0);
    if (entriesBefore !== null && last - entriesBefore !== changes)
      wrongs.push(`${String(last - entriesBefore)} entries of the journal, ${String(changes)} changes`);
    return { lost: lostOf(diary, found), wrongs, others: records.live.length - meetings.length };
  } finally {
    await opened.close();
  }
}
