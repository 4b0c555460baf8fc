import { describe, expect, it } from 'vitest';
import { TooLate, within } from '../../electron/places/within.ts';

describe('what is waited for', () => {
  it('is answered, fails as it fails, or is too late', async () => {
    expect(await within(10_000, Promise.resolve(3))).toBe(3);
    await expect(within(10_000, Promise.reject(new Error('as it is')))).rejects.toThrow('as it is');
    await expect(within(1, new Promise(() => undefined))).rejects.toThrow(TooLate);
  });
});
