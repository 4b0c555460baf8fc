import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createThrottle, type Throttle } from '../../electron/session/throttle.ts';

describe('throttle', () => {
  let nowMs: number;
  let throttle: Throttle;

  beforeEach(() => {
    nowMs = 1_000_000;
    throttle = createThrottle(() => nowMs);
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  const attempt = (name = 'ada'): string => {
    try {
      throttle.attempt(name);
      return 'tried';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('lets people mistype a few times', () => {
    expect([1, 2, 3, 4, 5].map(() => attempt())).toEqual(Array(5).fill('tried'));
  });

  it('makes every further attempt wait longer, up to five minutes', () => {
    for (let count = 0; count < 5; count += 1) attempt();
    const waits = Array.from({ length: 12 }, () => {
      const seconds = Number(attempt().split(' ')[1]);
      nowMs += seconds * 1_000;
      expect(attempt()).toBe('tried');
      return seconds;
    });
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
  });

  it('makes nobody wait longer when the clock is put back', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    throttle = createThrottle();
    for (let count = 0; count < 5; count += 1) attempt();
    vi.setSystemTime(Date.now() - 24 * 3_600_000);
    expect(attempt()).toBe('TOO_MANY_ATTEMPTS 1');
  });

  it('counts attempts that run at the same time', () => {
    const answers = Array.from({ length: 50 }, () => attempt());
    expect(answers.filter((answer) => answer === 'tried')).toHaveLength(5);
  });

  it('forgives after the right password, and does not punish other names', () => {
    for (let count = 0; count < 5; count += 1) attempt();
    expect(attempt()).toBe('TOO_MANY_ATTEMPTS 1');
    expect(attempt('bob')).toBe('tried');
    throttle.succeeded('ada');
    expect(attempt()).toBe('tried');
  });
});
