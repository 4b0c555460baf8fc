import { existsSync, readFileSync } from 'node:fs';

/** What each saver sent and had acknowledged last, by the saver's name. The first save of each is number 0. */
export interface Diary {
  readonly sent: ReadonlyMap<string, number>;
  readonly saved: ReadonlyMap<string, number>;
}

/** A diary in memory. */
export class OwnDiary implements Diary {
  readonly sent = new Map<string, number>();
  readonly saved = new Map<string, number>();

  readonly note = (word: 'sent' | 'saved', name: string, count: number): void => {
    this[word].set(name, count);
  };
}

/** A diary kept in a file, which outlives who writes it. */
export function readDiary(file: string): Diary {
  const diary = new OwnDiary();
  for (const line of existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []) {
    const [word, name = '', count = ''] = line.split(' ');
    diary.note(word === 'sent' ? 'sent' : 'saved', name, Number(count));
  }
  return diary;
}

/** Number of all saves that were acknowledged. */
export const sumOf = ({ saved }: Diary): number =>
  [...saved.values()].reduce((sum, count) => sum + count + 1, 0);

/** Whether somebody waits for an answer. */
export const isWaiting = ({ sent, saved }: Diary): boolean =>
  [...sent].some(([name, count]) => saved.get(name) !== count);

/** Saves that were acknowledged and are not there. @param found see `wrongsIn` */
export const lostOf = ({ saved }: Diary, found: ReadonlyMap<string, readonly number[]>): number =>
  [...saved].reduce(
    (sum, [name, count]) => sum + Math.max(0, count - Math.max(-1, ...(found.get(name) ?? []))),
    0,
  );

/**
 * Each saver has one meeting, as it was acknowledged last or as it was sent after that.
 * @param found numbers in the titles of each saver's meetings
 */
export function wrongsIn({ sent, saved }: Diary, found: ReadonlyMap<string, readonly number[]>): string[] {
  const wrongs: string[] = [];
  for (const [name, count] of sent) {
    const counts = found.get(name) ?? [];
    const least = saved.get(name) ?? -1;
    const isRight =
      counts.length === 0 ? least < 0 : counts.length === 1 && counts[0]! >= least && counts[0]! <= count;
    if (!isRight)
      wrongs.push(
        `${name}: ${counts.join(', ') || 'nothing'} there, ${String(least)} acknowledged, ${String(count)} sent`,
      );
  }
  return wrongs;
}

/** Titles are the saver's name and the number of the save. */
export function countsIn(titles: Iterable<string>): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const title of titles) {
    const [name = '', count] = title.split(' ');
    found.set(name, [...(found.get(name) ?? []), Number(count)]);
  }
  return found;
}
