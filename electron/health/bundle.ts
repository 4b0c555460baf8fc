import os from 'node:os';
import type { OfficeHealth } from '../contract/health.ts';
import { infoOf } from './figures.ts';
import { redacted } from './redact.ts';

export interface BundleParts {
  readonly appVersion: string;
  readonly health: OfficeHealth;
  /** The engine's INFO. */
  readonly info: string;
  /** The last lines the engine wrote. */
  readonly lines: string;
  /** Kind of the file system the office lies on. */
  readonly fileSystem: string;
  /** What must not be told: folders, people, the office, the computer. */
  readonly names: readonly string[];
}

/** What is told of the engine: numbers and settings. Its INFO also holds paths and addresses, so nothing else is. */
const told = [
  ...['redis_version', 'redis_mode', 'arch_bits', 'multiplexing_api', 'gcc_version', 'uptime_in_seconds'],
  ...['connected_clients', 'used_memory', 'used_memory_rss', 'used_memory_peak', 'used_memory_dataset'],
  ...[
    'maxmemory',
    'maxmemory_policy',
    'mem_fragmentation_ratio',
    'mem_allocator',
    'loading',
    'async_loading',
  ],
  ...['aof_enabled', 'aof_rewrite_in_progress', 'aof_last_bgrewrite_status', 'aof_last_write_status'],
  ...[
    'aof_current_size',
    'aof_base_size',
    'aof_delayed_fsync',
    'total_commands_processed',
    'total_error_replies',
  ],
  ...['evicted_keys', 'latest_fork_usec', 'number_of_cached_scripts', 'number_of_functions'],
];

const systemFacts = (): object => ({
  platform: process.platform,
  arch: process.arch,
  release: os.release(),
  processors: os.cpus().length,
  memoryBytes: os.totalmem(),
  node: process.versions.node,
  electron: process.versions['electron'] ?? null,
});

/** What support needs to know of an office, with nothing in it that somebody wrote down or is called. */
export function diagnosticBundle(parts: BundleParts): object {
  const { volume: _volume, lastBackup, lastCheck, ...figures } = parts.health;
  return {
    program: { name: 'Daybook', version: parts.appVersion, madeAt: new Date().toISOString() },
    system: systemFacts(),
    office: { ...figures, fileSystem: parts.fileSystem, lastCheck, lastBackupAt: lastBackup?.at ?? null },
    engine: Object.fromEntries(told.map((name) => [name, infoOf(parts.info, name)])),
    engineLog: redacted(parts.lines, parts.names).trimEnd().split('\n'),
  };
}
