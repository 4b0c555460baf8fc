import { createHash } from 'node:crypto';

/** Where the engine listens: a socket in a folder only this user can enter, or a port of this machine alone. */
export type Address = { readonly path: string } | { readonly host: '127.0.0.1'; readonly port: number };

/** The two accounts of the engine; nobody else can do anything. */
export const accounts = ['daybook', 'operations'] as const;
export type Account = (typeof accounts)[number];

/** Made anew for each run; they are never written to disk. */
export type Passwords = { readonly [account in Account]: string };

/**
 * Redis applies the rules of an account in their order, so what is taken away stands after what was given.
 * Commands inside Lua functions are checked against the account of the caller, too.
 */
export const accountRules: { readonly [account in Account]: readonly string[] } = {
  /** For the handlers: functions, and the data of offices. It cannot stop, configure, script or wipe the engine. */
  daybook: [
    '~{ins:*', '-@all', '+@read', '+@write', '+time', '-@dangerous', '-@admin', '-@scripting', '-@blocking',
    '+fcall', '+fcall_ro', '+ping',
  ], // prettier-ignore
  /**
   * For start-up and care: it loads the library and watches over files, but reads no office data. It may hold writes
   * back for the moment in which a backup notes how long the files are.
   */
  operations: [
    '-@all', '+ping', '+function', '+config|get', '+info', '+bgrewriteaof', '+shutdown',
    '+client|pause', '+client|unpause',
  ], // prettier-ignore
};

/**
 * Nobody can sign in as the default user, but Redis reads its own append-only file under this name: without rights it
 * would refuse every transaction in the file, go on, and start with those writes missing.
 */
const defaultAccount = 'user default off resetpass ~* &* +@all';

export interface ConfigurationFacts {
  readonly dataFolder: string;
  readonly address: Address;
  readonly passwords: Passwords;
  readonly maxMemoryBytes: number;
}

/** A text as redis.conf reads it; bytes outside plain ASCII are written as \xHH, so that any path survives. */
const quoted = (text: string): string => {
  const bytes = [...Buffer.from(text, 'utf8')].map((byte) => {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === '\\') return `\\${character}`;
    return byte >= 0x20 && byte < 0x7f ? character : `\\x${byte.toString(16).padStart(2, '0')}`;
  });
  return `"${bytes.join('')}"`;
};

const listening = (address: Address): string[] =>
  'path' in address
    ? ['port 0', `unixsocket ${quoted(address.path)}`, 'unixsocketperm 700']
    : [`bind ${address.host}`, `port ${String(address.port)}`];

/** Only digests: the text passes through a pipe, but even there nothing needs the password itself. */
const accountLine = (account: Account, password: string): string => {
  const digest = createHash('sha256').update(password).digest('hex');
  return `user ${account} on #${digest} ${accountRules[account].join(' ')}`;
};

/**
 * The engine's whole configuration, handed over on its standard input. What is acknowledged is on the disk
 * (`appendfsync always`); a damaged file stops the start instead of losing its tail in silence; rewriting the file is
 * decided by the program, not by growth; a full memory refuses writes instead of dropping records. A report of a crash would
 * hold what people were writing, and its lines are shown to whoever sits there.
 */
export function engineConfiguration(facts: ConfigurationFacts): string {
  return [
    ...listening(facts.address),
    `dir ${quoted(facts.dataFolder)}`,
    'databases 1',
    'daemonize no',
    'always-show-logo no',
    'appendonly yes',
    'appendfsync always',
    'aof-load-truncated no',
    'auto-aof-rewrite-percentage 0',
    'save ""',
    'crash-log-enabled no',
    `maxmemory ${String(Math.floor(facts.maxMemoryBytes))}`,
    'maxmemory-policy noeviction',
    'set-max-intset-entries 8192',
    defaultAccount,
    ...accounts.map((account) => accountLine(account, facts.passwords[account])),
    '',
  ].join('\n');
}
