import { describe, expect, it } from 'vitest';
import { inputProblem } from '../../electron/contract/inputProblem.ts';
import { session } from '../../electron/contract/session.ts';

/** What is wrong with a user name, or nothing. */
function problemOf(userName: string): string | null {
  const parsed = session.signIn.input.safeParse({ userName, password: 'whatever it is' });
  return parsed.success ? null : inputProblem(parsed.error);
}

describe('the user name of a sign-in', () => {
  it('is refused where no user could be called so, before it is looked for', () => {
    expect(problemOf('a\ud83d')).toBe('The user name holds a broken character');
    expect(problemOf('a\u0000b')).toBe('The user name holds a control character');
    expect(problemOf('x'.repeat(201))).toBe('The user name is longer than 200 characters');
  });

  it('may be anything that could be typed', () => {
    for (const name of ['', ' anna ', 'Åsa', '😀']) expect(problemOf(name), name).toBeNull();
  });
});
