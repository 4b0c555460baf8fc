import { describe, expect, it } from 'vitest';
import {
  accountRules,
  engineConfiguration,
  type ConfigurationFacts,
} from '../../electron/redis/configuration.ts';

const facts: ConfigurationFacts = {
  dataFolder: '/home/ada/office',
  address: { path: '/run/user/1000/daybook/x.sock' },
  passwords: { daybook: 'first secret', operations: 'second secret' },
  maxMemoryBytes: 1_000_000.5,
};

describe('engineConfiguration', () => {
  it('keeps what was acknowledged and drops nothing in silence', () => {
    const lines = engineConfiguration(facts).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'appendonly yes',
        'appendfsync always',
        'aof-load-truncated no',
        'auto-aof-rewrite-percentage 0',
        'save ""',
        'maxmemory 1000000',
        'maxmemory-policy noeviction',
        'set-max-intset-entries 8192',
      ]),
    );
  });

  it('listens on a socket, or on one port of this machine', () => {
    expect(engineConfiguration(facts)).toContain(
      'port 0\nunixsocket "/run/user/1000/daybook/x.sock"\nunixsocketperm 700\n',
    );
    const tcp = engineConfiguration({ ...facts, address: { host: '127.0.0.1', port: 6390 } });
    expect(tcp).toContain('bind 127.0.0.1\nport 6390\n');
    expect(tcp).not.toContain('unixsocket');
  });

  it('holds digests of passwords, never passwords', () => {
    const text = engineConfiguration(facts);
    expect(text).not.toContain('secret');
    expect(text).toMatch(/^user daybook on #[0-9a-f]{64} /m);
  });

  it('survives any folder name', () => {
    const text = engineConfiguration({ ...facts, dataFolder: '/a "b"\\c/ü\n.\n' });
    expect(text).toContain(String.raw`dir "/a \"b\"\\c/\xc3\xbc\x0a.\x0a"`);
    expect(text.split('\n')).not.toContain('.');
  });

  it('lets nobody in as the default user, who must still be able to read the file', () => {
    expect(engineConfiguration(facts)).toContain('\nuser default off resetpass ~* &* +@all\n');
  });

  it('takes rights away after giving them, for rules count in their order', () => {
    const rules = accountRules.daybook;
    for (const taken of ['-@dangerous', '-@admin', '-@scripting']) {
      expect(rules.indexOf(taken)).toBeGreaterThan(rules.indexOf('+@write'));
      expect(rules.indexOf(taken)).toBeLessThan(rules.indexOf('+fcall'));
    }
    expect(accountRules.operations.some((rule) => rule.startsWith('~') || rule.includes('+@'))).toBe(false);
  });
});
