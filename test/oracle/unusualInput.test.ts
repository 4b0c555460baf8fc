import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { condition, openCounter, where, write } from './counter.ts';
import { manyConditions, nested } from './oddTrees.ts';
import type { Meeting } from '../../electron/contract/meetings.ts';
import type { Envelope } from '../../electron/ipc/serve.ts';
import type { Counter } from './counter.ts';

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.store.stop());

describe('unusual but good', () => {
  it('texts are kept letter by letter and found again', async () => {
    const title = '👩‍👩‍👧 "50%" \\ %s {"id":"x"} 🇧🇪 𠮷野家 e\u0301 \u2028 ﷺ';
    const reply = await counter.desk.ask(
      'meetings.create',
      counter.meetingWith({ title, details: `${title}\n\t${title}`, tags: ['🔥', '🔥'] }),
    );
    expect(reply).toMatchObject({ ok: true, value: { meeting: { title, tags: ['🔥'] } } });
    const { meeting } = (reply as Envelope & { ok: true }).value as { meeting: Meeting };
    for (const text of ['野家', '50', '😀', 'É']) {
      const found = await counter.desk.ask('meetings.filter', { text, limit: 500 });
      expect((found as Envelope & { ok: true }).value).toMatchObject({
        rows: expect.arrayContaining([meeting]) as unknown,
      });
    }
    expect(await counter.desk.ask('meetings.delete', write({ id: meeting.id, version: 1 }))).toMatchObject({
      ok: true,
    });
  });

  it('the longest details of the most different words are saved and searched', async () => {
    const letters = Array.from({ length: 20_000 }, (_, at) =>
      String.fromCodePoint(0x4e00 + ((at * 7_919) % 20_000)),
    );
    const details = letters.join('').replaceAll(/.{40}/gsu, (run) => `${run.slice(0, 39)} `);
    const reply = await counter.desk.ask('meetings.create', counter.meetingWith({ details }));
    expect(reply).toMatchObject({ ok: true });
    const { meeting } = (reply as Envelope & { ok: true }).value as { meeting: Meeting };
    const text = details.slice(10_005, 10_025);
    expect(await counter.desk.ask('meetings.filter', { text })).toMatchObject({
      ok: true,
      value: { total: 1 },
    });
    expect(await counter.desk.ask('meetings.delete', write({ id: meeting.id, version: 1 }))).toMatchObject({
      ok: true,
    });
    expect(await counter.desk.ask('meetings.filter', { text })).toMatchObject({
      ok: true,
      value: { total: 0 },
    });
  });

  it.each([
    ['an offset past the end', { offset: 99_999_999 }, { rows: [], total: 2, cursor: null }],
    ['no rows', { limit: 0 }, { rows: [], total: 2 }],
    ['200 conditions', where({ all: [manyConditions(199), { none: [] }] }), { rows: [], total: 0 }],
    ['a tree eight deep', where(nested(7)), { total: 2 }],
    ['an open range', condition('start', 'between', [null, null]), { total: 2 }],
    [
      'the first and last days there are',
      condition('start', 'between', ['1000-01-01', '9999-12-31']),
      { total: 2 },
    ],
    ['a tag nobody uses', condition('tag', 'anyOf', ['\u{1f409}']), { rows: [], total: 0 }],
    ['signs only', { text: '%*?[^\\' }, { total: 2 }],
    ['a pattern', { text: '.*' }, { total: 2 }],
  ])('questions with %s are answered', async (_what, input, answer) => {
    expect(await counter.desk.ask('meetings.filter', input)).toMatchObject({ ok: true, value: answer });
  });
});
