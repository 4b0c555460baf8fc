import type { BackupFacts } from '../../../electron/contract/backups.ts';
import type { Daybook } from '../../../electron/contract/index.ts';
import type { MemoryDaybook } from '../memoryDaybook.ts';

const backup = (number: number, more: Partial<BackupFacts> = {}): BackupFacts => ({
  ...{ id: String(number).padStart(12, '0'), file: `Office-${String(number)}.daybook-backup` },
  ...{
    madeAt: `2026-11-${String(21 - number)}T08:00:00.000Z`,
    bytes: 12_400_000 + number,
    appVersion: '0.1.0',
  },
  ...{ reason: 'daily', officeName: 'Office', isEncrypted: false, counts: { meetings: 60, clients: 8 } },
  isVerified: true,
  isJournalWhole: true,
  ...more,
});

export const wellBackups = {
  ...{ others: 0, isReachable: true, settingsLost: false },
  dailyTrouble: null as string | null,
};

/** An office with a backup of every kind. */
export function memoryBackups(memory: () => MemoryDaybook, administrator: () => unknown): Daybook['backups'] {
  const made = [
    backup(1),
    backup(2, { reason: 'before-0.1.0', isEncrypted: true, counts: null }),
    backup(3, { isVerified: false }),
  ];
  const own = { folder: '/home/office/backups', hasPassphrase: false };
  const changed = (): Record<string, never> => {
    memory().emit('backupsStatus', {});
    return {};
  };
  return {
    status: async () => {
      administrator();
      const { settingsLost, dailyTrouble } = memory().backups_;
      return { settingsLost, dailyTrouble };
    },
    list: async () => {
      const facts = { isUsualFolder: true, busy: 'no' as const, ...memory().backups_ };
      if (memory().status_.state === 'firstRun')
        return { ...own, ...facts, backups: [], folder: null, isOpen: false };
      administrator();
      return { ...own, ...facts, backups: [...made], isOpen: true };
    },
    create: async () => {
      administrator();
      made.unshift(backup(0, { reason: 'by-hand' }));
      changed();
      return { backup: made[0]! };
    },
    setPassphrase: async () => (administrator(), (own.hasPassphrase = true), changed()),
    clearPassphrase: async () => (
      administrator(),
      (own.hasPassphrase = false),
      (memory().backups_.settingsLost = false),
      changed()
    ),
    chooseFolder: async () => (administrator(), { chosen: false }),
    restore: async ({ passphrase }) => {
      administrator();
      if (passphrase === 'a wrong one')
        throw Object.assign(new Error(), { code: 'WRONG_PASSPHRASE', detail: '', message: '' });
      return {};
    },
    chooseFile: async () => ({ backup: backup(4, { officeName: 'Elsewhere' }) }),
    restoreFile: async () => {
      memory().status_ = { demo: false, name: 'Elsewhere' };
      memory().emit('officeStatus', {});
      return {};
    },
  };
}
