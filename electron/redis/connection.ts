import { Redis } from 'ioredis';
import type { Account, Address, Passwords } from './configuration.ts';

/** All that is needed to reach a store: the bundled engine today, a server elsewhere one day. */
export interface Endpoint {
  readonly address: Address;
  readonly passwords: Passwords;
}

const commandTimeoutMs = 15_000;

/**
 * Connects as one of the two accounts.
 *
 * A broken connection stays broken: nothing is sent twice behind anybody's back, and commands fail at once instead of
 * queueing. Whoever watches over the engine connects anew.
 * @throws when the engine does not answer
 */
export async function connect(endpoint: Endpoint, account: Account): Promise<Redis> {
  const redis = new Redis({
    ...endpoint.address,
    username: account,
    password: endpoint.passwords[account],
    lazyConnect: true,
    commandTimeout: commandTimeoutMs,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    enableOfflineQueue: false,
    // The first asks INFO and the second CLIENT SETINFO: neither account of handlers may, and 7.0 knows no SETINFO.
    enableReadyCheck: false,
    disableClientInfo: true,
    // One form of replies, whatever later versions of the client prefer.
    protocol: 2,
  });
  // Failures reach whoever waits for a command; without a listener they would be printed as well.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
  } catch (error) {
    redis.disconnect();
    throw error;
  }
  return redis;
}
