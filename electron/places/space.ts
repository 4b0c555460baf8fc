import { statfs } from 'node:fs/promises';
import type { SpaceLevel } from '../contract/space.ts';
import { volumeOf } from './mounts.ts';
import { nearest } from './nearest.ts';

const megabyte = 1024 * 1024;

export interface SpaceLimits {
  /** Below this everybody is warned. */
  readonly lowBytes: number;
  /** Below this nothing is written: the engine ends at the first write that fails. */
  readonly noneBytes: number;
}
export const usualSpaceLimits: SpaceLimits = { lowBytes: 200 * megabyte, noneBytes: 50 * megabyte };

export const levelOf = (freeBytes: number, limits: SpaceLimits): SpaceLevel =>
  freeBytes < limits.noneBytes ? 'none' : freeBytes < limits.lowBytes ? 'low' : 'ample';

export interface Space {
  readonly level: SpaceLevel;
  /** Null before the first look, and while the volume does not answer. */
  readonly freeBytes: number | null;
  readonly volume: string;
}

/** So much has to change before windows are told a new number. */
const tellingBytes = 5 * megabyte;

/** Whether people would want to know of the difference. */
export const isNews = (before: Space, now: Space): boolean =>
  before.level !== now.level ||
  (now.level !== 'ample' && Math.abs((before.freeBytes ?? 0) - (now.freeBytes ?? 0)) >= tellingBytes);

/** @throws like statfs */
export async function freeBytesAt(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(nearest(folder));
  return bavail * bsize;
}

export interface SpaceWatchOptions {
  readonly folder: string;
  readonly limits: SpaceLimits;
  /** Called when there is news. */
  readonly onChange: () => void;
}

/** Looks at the room on a volume again and again. */
export interface SpaceWatch {
  now(): Space;
  /** Looks, and goes on looking; a place that was found bad is not touched before. */
  begin(): Promise<void>;
  /** Looks at once. A volume that does not answer leaves things as they were. */
  look(): Promise<Space>;
  close(): void;
}

/** How often is looked; more often while somebody waits for room. */
const everyMs = { ample: 5_000, low: 5_000, none: 2_000 } as const;

export function watchSpace({ folder, limits, onChange }: SpaceWatchOptions): SpaceWatch {
  let space: Space = { level: 'ample', freeBytes: null, volume: '' };
  let told = space;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const look = async (): Promise<Space> => {
    try {
      const freeBytes = await freeBytesAt(folder);
      const volume = space.volume || (await volumeOf(folder));
      space = { level: levelOf(freeBytes, limits), freeBytes, volume };
    } catch {
      // What becomes of an office whose drive is gone is seen by its engine.
    }
    if (!isClosed && isNews(told, space)) {
      told = space;
      onChange();
    }
    return space;
  };
  const lookLater = (): void => {
    clearTimeout(timer);
    if (isClosed) return;
    timer = setTimeout(() => void look().then(lookLater), everyMs[space.level]);
    // Nobody waits for it when the program ends.
    timer.unref();
  };
  return {
    now: () => space,
    async begin() {
      await look();
      lookLater();
    },
    look,
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
