import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileName, UniqueNames } from '../../electron/exports/fileNames.ts';

const reserved = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])\s*(\.|$)/i;

describe('names of files', () => {
  it('are taken by every system, whatever somebody is called', () => {
    const names = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 120 }),
      fc.string({ unit: 'grapheme', maxLength: 120 }),
      fc.constantFrom('con', 'NUL.txt', 'COM¹', '..', ' . ', 'aux .', '~', '-', '\u202e', 'LPT9 '),
    );
    fc.assert(
      fc.property(names, (text) => {
        const name = fileName(text.replaceAll(/\p{Surrogate}/gu, ''), 'Client');
        expect(name).not.toMatch(/[<>:"/\\|?*\u0000-\u001f\u007f]|^[. ]|[. ]$/u);
        expect(name).not.toMatch(reserved);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(170);
        expect(name.length).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('differ on systems that do not tell capitals and accents apart', () => {
    const names = new UniqueNames();
    const taken = ['Müller', 'MÜLLER', 'Mu\u0308ller', 'müller (2)', 'Other', 'Müller'].map((name) =>
      names.take(name),
    );
    const likened = taken.map((name) => name.normalize('NFC').toLowerCase());
    expect(new Set(likened).size).toBe(taken.length);
    expect(taken[0]).toBe('Müller');
    expect(taken[1]).toBe('MÜLLER (2)');
    expect(taken[4]).toBe('Other');
  });
});
