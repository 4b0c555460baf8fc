import { describe, expect, it } from 'vitest';
import { Failure, type FailureCode } from '../../electron/contract/failure.ts';
import { Staging } from '../../electron/imports/store/staging.ts';
import { stagedOwner } from '../../electron/imports/store/staged.ts';
import { userNameFrom } from '../../electron/imports/store/userNameFrom.ts';
import type { Store } from '../../electron/redis/store.ts';

interface Said {
  functionName: string;
  step?: number;
  users?: { userName: string }[];
}

/** A store that answers every call, except for the failures it is told to make. */
function answering(...failures: (FailureCode | null)[]): { store: Store; said: Said[] } {
  const said: Said[] = [];
  const store: Store = {
    writeRecords: () => Promise.resolve(),
    readRecords: () => Promise.resolve([]),
    call(functionName, request) {
      if (functionName === 'imports_begin')
        return Promise.resolve({ importId: 'one', at: '2026-11-21T09:30:00.000Z' });
      said.push({ functionName, ...(request as object) });
      const failure = failures.shift();
      if (failure) return Promise.reject(new Failure(failure));
      const { users = [] } = request as Said;
      return Promise.resolve({ ids: users.map(({ userName }) => `id of ${userName}`) });
    },
  };
  return { store, said };
}

const begin = (store: Store): Promise<Staging> => Staging.begin(store, 'somebody', 'meetings.csv');

describe('staging', () => {
  it('repeats a step whose outcome is unknown under the same number', async () => {
    const { store, said } = answering('UNKNOWN_OUTCOME', 'STORE_UNAVAILABLE', null, null);
    const staging = await begin(store);
    await staging.owners([stagedOwner('Eva Ott')]);
    await staging.owners([stagedOwner('Jo Ott')]);
    expect(said.map(({ step }) => step)).toEqual([1, 1, 1, 2]);
  });

  it('does not repeat what was refused', async () => {
    const { store, said } = answering('STORE_FULL');
    const staging = await begin(store);
    await expect(staging.owners([stagedOwner('Eva Ott')])).rejects.toThrow('STORE_FULL');
    expect(said).toHaveLength(1);
  });

  it('gives people of one name different user names, and looks for free ones where they are taken', async () => {
    const { store, said } = answering('DUPLICATE', null, 'DUPLICATE', 'DUPLICATE', null);
    const staging = await begin(store);
    const ids = await staging.owners([stagedOwner('Eva Ott'), stagedOwner('Éva Ott')]);
    expect(said.map(({ users }) => users?.map(({ userName }) => userName))).toEqual([
      ['eva.ott', 'eva.ott2'],
      ['eva.ott'],
      ['eva.ott'],
      ['eva.ott2'],
      ['eva.ott3'],
    ]);
    expect(ids).toEqual(['id of eva.ott', 'id of eva.ott3']);
  });
});

describe('a user name made from a name', () => {
  it.each([
    ['Rovana PLUMB', 1, 'rovana.plumb'],
    ['Rovana PLUMB', 2, 'rovana.plumb2'],
    ['  Zoë  d’Aubigné-Smith ', 1, 'zoe.d.aubigne.smith'],
    ['???', 1, 'user'],
    ['李', 3, '李3'],
    ['A'.repeat(100), 1, 'a'.repeat(25)],
  ])('%s (%i) is %s', (name, number, userName) => {
    expect(userNameFrom(name, number)).toBe(userName);
  });
});
