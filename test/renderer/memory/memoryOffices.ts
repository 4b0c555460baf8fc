import type { Daybook } from '../../../electron/contract/index.ts';
import type { KnownOffice } from '../../../electron/contract/offices.ts';
import type { MemoryDaybook } from '../memoryDaybook.ts';

export const knownOffices = (): KnownOffice[] => [
  {
    id: '0123456789ab',
    name: 'Peeters & Partners',
    colour: 'blue',
    folder: '/home/office/.config/Daybook/office',
    openedAt: '2026-11-20T15:04:00.000Z',
    isThere: true,
  },
  {
    id: 'ba9876543210',
    name: 'Practice office',
    colour: 'brown',
    folder: '/media/stick/practice',
    openedAt: '2026-11-02T08:30:00.000Z',
    isThere: false,
  },
];

/** A list of offices that are all the same one. */
export function memoryOffices(
  memory: () => MemoryDaybook,
  fail: (code: 'NO_OFFICE' | 'NOT_FOUND', detail: string) => never,
  signOut: () => void,
): Daybook['offices'] {
  const become = (status: MemoryDaybook['status_']): void => {
    signOut();
    memory().status_ = status;
    memory().emit('officeStatus', {});
  };
  return {
    list: async () => ({ offices: memory().offices_ }),
    leave: async () => {
      become({ state: 'choosing', name: '' });
      memory().emit('signedOut', {});
      return {};
    },
    open: async ({ id }) => {
      const office = memory().offices_.find((other) => other.id === id) ?? fail('NOT_FOUND', 'office');
      if (!office.isThere) fail('NO_OFFICE', 'missing');
      become({ demo: false, name: office.name, colour: office.colour });
      return {};
    },
    openFolder: async () => fail('NO_OFFICE', 'folder'),
    createNew: async () => {
      become({ state: 'firstRun', name: '', knownOffices: memory().offices_.length });
      return {};
    },
    remove: async ({ id }) => {
      memory().offices_ = memory().offices_.filter((other) => other.id !== id);
      return {};
    },
  };
}
