import path from 'node:path';
import { silentLog } from '../../electron/log.ts';
import { connect } from '../../electron/redis/connection.ts';
import { startEngine } from '../../electron/redis/engine.ts';
import { engineOptions } from '../support/engine.ts';

/** Does something to the keys of an office that is closed, with plain commands. */
export async function damageOffice(
  folder: string,
  damage: (redis: Awaited<ReturnType<typeof connect>>) => Promise<unknown>,
): Promise<void> {
  const engine = await startEngine({ ...engineOptions(path.join(folder, 'data')), log: silentLog });
  const redis = await connect(engine.endpoint, 'daybook');
  try {
    await damage(redis);
  } finally {
    redis.disconnect();
    await engine.stop();
  }
}
