import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withGuard, withoutGuard } from '../../electron/text/formulas.ts';

const dangerous = ['=', '+', '-', '@', '\t', '\r'];
const texts = fc.array(fc.constantFrom("'", ...dangerous, 'a', '1', ' '), { maxLength: 6 });

describe('what a spreadsheet could take for a formula', () => {
  it('never begins like one, and comes back as it was', () => {
    fc.assert(
      fc.property(texts, (letters) => {
        const text = letters.join('');
        const cell = withGuard(text);
        expect(dangerous).not.toContain(cell[0]);
        expect(withoutGuard(cell)).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is left alone when it is an ordinary text', () => {
    for (const text of ["'s Gravenhage", "'t Hof", 'a=b', '', "'", '2-3'])
      expect([withGuard(text), withoutGuard(text)]).toEqual([text, text]);
    expect(withGuard('+32 475 12 34 56')).toBe("'+32 475 12 34 56");
  });
});
