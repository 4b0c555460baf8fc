import { describe, expect, it } from 'vitest';
import { newRecoveryCode, plainRecoveryCode } from '../../electron/session/recoveryCode.ts';

describe('a recovery code', () => {
  it('is seven groups of four letters that cannot be mistaken, different each time', () => {
    const codes = Array.from({ length: 200 }, newRecoveryCode);
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('uses all of its 32 letters, so that 28 of them are 140 bits', () => {
    const seen = new Set(Array.from({ length: 200 }, newRecoveryCode).join('').replaceAll('-', ''));
    expect(seen.size).toBe(32);
  });

  it('is the same however it is typed from paper', () => {
    expect(plainRecoveryCode(' o1ab-cdef 9hil\n')).toBe('01ABCDEF9H11');
    expect(plainRecoveryCode('０１ＡＢ')).toBe('01AB');
    const code = newRecoveryCode();
    expect(plainRecoveryCode(code.toLowerCase().replaceAll('-', ' '))).toBe(plainRecoveryCode(code));
  });
});
