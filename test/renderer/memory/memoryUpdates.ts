import type { Daybook } from '../../../electron/contract/index.ts';
import type { UpdatesStatus } from '../../../electron/contract/updates.ts';
import type { MemoryDaybook } from '../memoryDaybook.ts';

export const updatesOff: UpdatesStatus = {
  ...{ state: 'off', folder: null, found: null, trouble: null, lookedAt: null },
  ...{ proof: 'checksum', appVersion: '0.1.0' },
};

export const updateFound: UpdatesStatus = {
  ...updatesOff,
  state: 'found',
  folder: '/media/share/daybook',
  found: { version: '0.2.0', file: 'daybook_0.2.0_amd64.deb', bytes: 98_400_000, handOver: 'installer' },
  lookedAt: '2026-11-20T15:04:00.000Z',
};

/** A folder in which something newer lies. */
export function memoryUpdates(memory: () => MemoryDaybook, administrator: () => unknown): Daybook['updates'] {
  const become = (status: UpdatesStatus): void => {
    memory().updates_ = status;
    memory().emit('updatesStatus', {});
  };
  return {
    status: async () => (administrator(), memory().updates_),
    chooseFolder: async () => {
      administrator();
      become(updateFound);
      return { chosen: true };
    },
    turnOff: async () => {
      administrator();
      become(updatesOff);
      return {};
    },
    check: async () => (administrator(), {}),
    install: async () => {
      administrator();
      const handedTo = memory().updates_.found?.handOver ?? 'folder';
      return {
        handedTo,
        packagePath: '/home/office/.config/Daybook/updates/daybook_0.2.0_amd64.deb',
        backup:
          '/home/office/.config/Daybook/office/backups/Office-2026-11-21T08-00-00-000Z-0.1.0-before-0.2.0.daybook-backup',
      };
    },
  };
}
