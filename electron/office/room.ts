import type { Log } from '../log.ts';
import { watchSpace, type Space, type SpaceLimits } from '../places/space.ts';
import type { TroubleReason } from '../redis/engine.ts';

/**
 * The engine's own words for a disk or a quota that is full. A quota does not show in what is free: after such an end
 * the office is left in peace for a while, so that what is due in the background does not end the engine at once again.
 */
const saysFull = /no space left on device|disk quota exceeded|not enough space/i;
const leftInPeaceMs = 4_000;

/** An engine that could not start when there was no room is tried again when there is. */
const forWantOfRoom: ReadonlySet<TroubleReason> = new Set([
  ...(['unstartable', 'stopped', 'notUpgraded', 'noRoomToUpgrade'] as const),
]);

export const mayBeForWantOfRoom = (reason: TroubleReason): boolean => forWantOfRoom.has(reason);

/** Room on the volume of an office, as far as writing depends on it. */
export interface Room {
  space(): Space;
  /** Whether nothing may be written at the moment. */
  isFull(): boolean;
  /** The same, looked at anew. */
  look(): Promise<boolean>;
  /** Looks, and goes on looking from now on. */
  begin(): Promise<void>;
  /** Whether an engine that ended did so for want of room. @param lines the last it wrote */
  endedEngine(lines: string): Promise<boolean>;
  close(): void;
}

export interface RoomOptions {
  readonly folder: string;
  readonly limits: SpaceLimits;
  readonly log: Log;
  /** Called when there is news; `isBack` when there is room again after there was none. */
  readonly onChange: (isBack: boolean) => void;
}

export function watchRoom({ folder, limits, log, onChange }: RoomOptions): Room {
  let peace: NodeJS.Timeout | null = null;
  let wasFull = false;
  const watch = watchSpace({ folder, limits, onChange: () => changed() });
  const isFull = (): boolean => peace !== null || watch.now().level === 'none';

  function changed(): void {
    const full = isFull();
    const isBack = wasFull && !full;
    if (full !== wasFull) log.warn(full ? 'no room to write' : 'room to write again', { ...watch.now() });
    wasFull = full;
    onChange(isBack);
  }
  function leaveInPeace(): void {
    if (peace) clearTimeout(peace);
    peace = setTimeout(() => {
      peace = null;
      changed();
    }, leftInPeaceMs);
    changed();
  }
  return {
    space: watch.now,
    isFull,
    async look() {
      await watch.look();
      return isFull();
    },
    begin: watch.begin,
    async endedEngine(lines) {
      if ((await watch.look()).level === 'none') return true;
      const isSaid = saysFull.test(lines);
      if (isSaid) leaveInPeace();
      return isSaid;
    },
    close() {
      if (peace) clearTimeout(peace);
      watch.close();
    },
  };
}
