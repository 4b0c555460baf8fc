import { launch } from './launcher.ts';

/** What takes the lock of a folder. */
export interface HoldingPrograms {
  readonly launcher: string;
  readonly redisServer: string;
}

/**
 * Takes the lock of a folder, as an engine on it would, and starts none.
 * @returns lets go of it; null when another program has it
 */
export async function hold(
  folder: string,
  { launcher, redisServer }: HoldingPrograms,
): Promise<(() => Promise<void>) | null> {
  const holder = launch(launcher, folder, redisServer);
  if (!(await holder.holding)) {
    holder.release();
    await holder.ended;
    return null;
  }
  return async () => {
    holder.release();
    await holder.ended;
  };
}
