import { describe, expect, it } from 'vitest';
import { clientFields } from '../../electron/contract/clients.ts';
import { meetingFields } from '../../electron/contract/meetings.ts';
import { userFields } from '../../electron/contract/users.ts';
import { line } from '../../electron/contract/values.ts';
import { isPlainRow } from '../../electron/imports/cells/plainRow.ts';
import { Random } from '../support/random.ts';

const judge = meetingFields.extend({
  clientId: clientFields.shape.name,
  ownerId: userFields.shape.displayName.nullable(),
  externalId: line(200).nullable(),
});

const texts = ['', ' ', 'Acme', ' Acme', 'Zoë\n', 'a\tb', 'two\nlines', '\u0000', '\u007f', '🦄', '\ud800', '日本', '\u0085', '\ufeff', 'x'.repeat(60), 'x'.repeat(61), 'x'.repeat(100), 'x'.repeat(101), 'x'.repeat(200), 'x'.repeat(201), 'x'.repeat(300), 'x'.repeat(301), 'x'.repeat(20_000), 'x'.repeat(20_001)]; // prettier-ignore
const starts = [
  { date: '2026-11-21' },
  { at: '2026-11-21T09:30:00.000Z', zone: 'Europe/Brussels' },
  { at: '+010000-01-01T09:30:00.000Z', zone: 'Europe/Brussels' },
];
const durations = [null, 0, 30, 10_080, 10_081, -1, 0.5, Number.NaN];

describe('a row taken without putting it before the contract', () => {
  it('is one that the contract takes and leaves as it is', () => {
    const random = new Random(7);
    let plain = 0;
    const usual = <T>(list: readonly T[], first: T): T => (random.chance(0.7) ? first : random.pick(list));
    for (let round = 0; round < 5_000; round += 1) {
      const row = {
        clientId: usual(texts, 'Acme'),
        ownerId: usual<string | null>(texts, null),
        title: usual(texts, 'Lunch'),
        details: usual(texts, ''),
        ...{ type: 'call', status: 'open', priority: 'low' },
        tags: Array.from({ length: random.between(0, 2) }, () =>
          usual(texts, `tag ${String(random.between(1, 2))}`),
        ),
        start: usual(starts, starts[0]!),
        durationMinutes: usual<number | null>(durations, 30),
        externalId: usual<string | null>(texts, null),
      } as Parameters<typeof isPlainRow>[0];
      if (!isPlainRow(row)) continue;
      plain += 1;
      expect(judge.safeParse(row)).toEqual({ success: true, data: row });
    }
    expect(plain).toBeGreaterThan(500);
  });
});
