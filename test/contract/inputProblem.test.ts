import { describe, expect, it } from 'vitest';
import { contract } from '../../electron/contract/index.ts';
import { failureSentence } from '../../electron/contract/failureText.ts';
import { inputProblem } from '../../electron/contract/inputProblem.ts';

const id = '01890000-0000-7000-8000-000000000001';
const writeId = 'write-0001';
const fields = {
  clientId: id,
  ownerId: id,
  title: 'Call',
  type: 'call',
  status: 'open',
  start: { date: '2026-11-21' },
};

const sentence = (
  call: { input: { safeParse(input: unknown): { error?: never } } },
  input: unknown,
): string => {
  const { error } = call.input.safeParse(input);
  if (!error) throw new Error('this input is good');
  return failureSentence('INVALID_INPUT', inputProblem(error));
};
const meeting = (changes: object): string =>
  sentence(contract.meetings.create as never, { writeId, fields: { ...fields, ...changes } });

describe('inputProblem', () => {
  it('names the field in plain words', () => {
    expect(meeting({ title: 'x'.repeat(301) })).toBe('The title is longer than 300 characters.');
    expect(meeting({ title: '  ' })).toBe('The title is empty.');
    expect(meeting({ title: undefined })).toBe('The title is missing.');
    expect(meeting({ title: 7 })).toBe('The title is of the wrong kind.');
    expect(meeting({ clientId: 'acme' })).toBe('The client is not an id.');
    expect(meeting({ durationMinutes: -1 })).toBe('The duration is less than 0.');
    expect(meeting({ type: 'fax' })).toBe('The type is not one of the known values.');
    expect(meeting({ tags: ['x'.repeat(61)] })).toBe('The tag is longer than 60 characters.');
    expect(meeting({ tags: Array(21).fill('a') })).toBe('The list of tags holds more than 20 items.');
    expect(meeting({ start: { date: '2026-02-30' } })).toBe('The date is not a date.');
    expect(meeting({ details: 'a\u0000b' })).toBe('The text of the details holds a control character.');
  });

  it('calls everything inside a filter the filter', () => {
    const where = { field: 'start', op: 'between', values: ['2026-11-21', '2026-11-20'] };
    expect(sentence(contract.meetings.filter as never, { where })).toMatch(/^The filter .*\.$/);
  });

  it('speaks of the request where no field is to blame', () => {
    expect(sentence(contract.meetings.get as never, undefined)).toBe('The request is missing.');
    expect(sentence(contract.meetings.get as never, { id, acme: 'secret' })).toBe(
      'The request holds something unknown.',
    );
  });

  it('never repeats what was typed', () => {
    const typed = 'Müller & Söhne 4711';
    for (const input of [
      { title: typed.repeat(50) },
      { type: typed },
      { clientId: typed },
      { [typed]: 1 },
      { start: { date: typed } },
    ]) {
      expect(meeting(input)).not.toContain('4711');
    }
  });
});
