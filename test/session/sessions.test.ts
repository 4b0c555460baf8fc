import { describe, expect, it } from 'vitest';
import { createSessions } from '../../electron/session/sessions.ts';

const user = (id: string) => ({
  id,
  userName: id,
  displayName: id,
  role: 'adviser' as const,
  seesAllClients: false,
});

describe('sessions', () => {
  it('belong to windows', () => {
    const sessions = createSessions();
    sessions.begin(1, user('ada'));
    sessions.begin(2, user('bob'));
    expect(sessions.userAt(1)?.id).toBe('ada');
    sessions.begin(1, user('carl'));
    expect(sessions.userAt(1)?.id).toBe('carl');
    sessions.end(1);
    expect([sessions.userAt(1), sessions.userAt(2)?.id, sessions.userAt(3)]).toEqual([null, 'bob', null]);
  });

  it('tell when somebody comes or goes', () => {
    const sessions = createSessions();
    let changes = 0;
    sessions.onChange(() => (changes += 1));
    sessions.begin(1, user('ada'));
    sessions.end(1);
    sessions.end(1);
    expect(changes).toBe(2);
  });
});
