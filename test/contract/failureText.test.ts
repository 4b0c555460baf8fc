import { describe, expect, it } from 'vitest';
import { failureCodes } from '../../electron/contract/failure.ts';
import { failureSentence } from '../../electron/contract/failureText.ts';

describe('failureSentence', () => {
  it.each(failureCodes)('has one sentence for %s, whatever the detail', (code) => {
    for (const detail of ['', 'meeting', 'meeting 42', '{"a":1}', 'connection', 'x'.repeat(5_000)]) {
      const sentence = failureSentence(code, detail);
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect(sentence.length).toBeLessThan(400);
      expect(sentence).not.toMatch(/[{}]|42|xxx/);
    }
  });

  it('names the noun that is not there', () => {
    expect(failureSentence('NOT_FOUND', 'client')).toBe('This client does not exist, or no longer does.');
    expect(failureSentence('NOT_FOUND', 'secretthing')).toBe('This does not exist, or no longer does.');
    expect(failureSentence('DUPLICATE', 'userName')).toBe('This user name is taken already.');
  });

  it('says how long to wait', () => {
    expect(failureSentence('TOO_MANY_ATTEMPTS', '8')).toBe(
      'Too many attempts. Wait 8 seconds and try again.',
    );
    expect(failureSentence('TOO_MANY_ATTEMPTS', '300')).toBe(
      'Too many attempts. Wait 5 minutes and try again.',
    );
    expect(failureSentence('TOO_MANY_ATTEMPTS', '1')).toBe('Too many attempts. Wait a moment and try again.');
  });
});
