import { describe, expect, it } from 'vitest';
import { hashPassword, passwordMatches, passwordOfNobody } from '../../electron/session/password.ts';

describe('passwords', () => {
  it('are recognised, and others are not', async () => {
    const hash = await hashPassword('correct horse');
    expect(await passwordMatches('correct horse', hash)).toBe(true);
    expect(await passwordMatches('correct horsf', hash)).toBe(false);
    expect(await passwordMatches('', hash)).toBe(false);
  });

  it('are kept with their cost and a salt of their own, never as they are', async () => {
    const [one, other] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
    expect(one).toMatch(/^scrypt\$32768\$8\$1\$[^$]+\$[^$]+$/);
    expect(one).not.toBe(other);
    expect(one).not.toContain('horse');
  });

  it('are the same however an accented letter was typed', async () => {
    expect(await passwordMatches('caf\u0065\u0301 noir', await hashPassword('caf\u00e9 noir'))).toBe(true);
  });

  it('fit no text that is not a hash', async () => {
    for (const hash of ['', 'secret', 'scrypt$1$1$1$$', 'plain$32768$8$1$AAAAAAAAAAAA$AAAAAAAAAAAA']) {
      expect(await passwordMatches('secret', hash)).toBe(false);
    }
  });

  it('of a name nobody has take as long as a wrong one', async () => {
    const hash = await hashPassword('correct horse');
    const median = async (attempt: () => Promise<boolean>): Promise<number> => {
      const times: number[] = [];
      for (let round = 0; round < 9; round += 1) {
        const began = performance.now();
        expect(await attempt()).toBe(false);
        times.push(performance.now() - began);
      }
      return times.sort((a, b) => a - b)[4] ?? 0;
    };
    const ratio =
      (await median(() => passwordMatches('wrong', hash))) / (await median(() => passwordOfNobody('wrong')));
    // Wide, because the machine may be busy; an answer without hashing would be hundreds of times faster.
    expect(ratio).toBeGreaterThan(0.05);
    expect(ratio).toBeLessThan(20);
  });
});
