import type { Mapping } from '../../electron/contract/imports.ts';

/** How a file is read when nobody says otherwise; a mapping is this and its columns. */
export const plainRules: Omit<Mapping, 'columns'> = {
  sheet: null,
  dateOrder: 'dmy',
  clients: 'one',
  duplicates: 'keep',
  owners: { named: [], unknown: 'new' },
  viewers: { owners: false, users: [] },
  defaults: { type: 'visit', status: 'closed', priority: 'normal', ownerId: null },
};
