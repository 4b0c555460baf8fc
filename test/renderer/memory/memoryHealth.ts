import type { OfficeHealth } from '../../../electron/contract/health.ts';
import type { Daybook } from '../../../electron/contract/index.ts';
import type { MemoryDaybook } from '../memoryDaybook.ts';

export const wellOffice: OfficeHealth = {
  ...{
    engineVersion: '7.0.15',
    uptimeSeconds: 7_500,
    memoryBytes: 42_000_000,
    memoryLimitBytes: 8_000_000_000,
  },
  ...{ dataBytes: 18_300_000, freeBytes: 64_000_000_000, volume: '/home', readOnly: false },
  ...{ meetings: 8_310, clients: 120, lastCheck: null, lastBackup: null },
  ...{ keptBytes: 0, backupsReachable: true },
};

/** The office is as `health_` says, and every file can be written. */
export const memoryHealth = (
  memory: () => MemoryDaybook,
  administrator: () => unknown,
): Daybook['health'] => ({
  status: async () => (administrator(), memory().health_),
  showFolder: async () => (administrator(), {}),
  showKept: async () => (administrator(), {}),
  saveBundle: async () => (administrator(), { saved: true }),
});
