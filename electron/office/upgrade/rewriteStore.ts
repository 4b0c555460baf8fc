import type { Redis } from 'ioredis';
import type { Upgrade } from './layouts.ts';

const scanned = 2_000;
/** Records read, made anew and written at once. */
const recordsAtOnce = 500;

const meetingKey = /^meeting:\d+$/;

/** Brings records into their new form, some hundred at a time, written one behind the other. */
async function rewrite(app: Redis, keys: readonly string[], change: (text: string) => string): Promise<void> {
  for (let from = 0; from < keys.length; from += recordsAtOnce) {
    const some = keys.slice(from, from + recordsAtOnce);
    const texts = await app.mget(some);
    const pipeline = app.pipeline();
    some.forEach((key, at) => {
      const text = texts[at];
      if (text != null) pipeline.set(key, change(text));
    });
    for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
  }
}

/**
 * Drops what has another form now and rewrites records, in a store nobody else uses. Cut off, it leaves a store of neither
 * layout: it is for a copy.
 * @param app connection of the account that may write
 * @param prefix what every key of the office begins with
 * @param onProgress told the share that is done, 0 to 1
 * @throws what the engine says; AbortError
 */
export async function rewriteStore(
  app: Redis,
  prefix: string,
  upgrade: Upgrade,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (share: number) => void },
): Promise<void> {
  // All keys first: a key written while a scan goes on may come twice, and no record may be changed twice.
  const meetings = new Set<string>();
  const dropped = new Set<string>();
  let cursor = '0';
  do {
    signal.throwIfAborted();
    const [next, keys] = await app.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', scanned);
    for (const key of keys) {
      const name = key.slice(prefix.length);
      if (meetingKey.test(name)) meetings.add(key);
      else if (upgrade.drops(name)) dropped.add(key);
    }
    cursor = next;
  } while (cursor !== '0');
  const old = [...dropped];
  for (let from = 0; from < old.length; from += scanned) await app.unlink(old.slice(from, from + scanned));
  if (!upgrade.meeting) return;
  const records = [...meetings];
  const step = recordsAtOnce * 4;
  for (let from = 0; from < records.length; from += step) {
    signal.throwIfAborted();
    await rewrite(app, records.slice(from, from + step), upgrade.meeting);
    onProgress(Math.min(1, (from + step) / records.length));
  }
}
