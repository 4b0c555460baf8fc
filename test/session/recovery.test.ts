import { schemaVersion } from '../../electron/contract/office.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OfficeStatus } from '../../electron/contract/office.ts';
import type { JournalEntry } from '../../electron/contract/journal.ts';
import { administrator, newBackend, until, type TestBackend } from '../support/backend.ts';
import { newFolder, removeFolders } from '../support/engine.ts';

let backend: TestBackend;
let code: string;

beforeEach(async () => {
  backend = newBackend();
  await backend.office.open(newFolder());
  const made: { recoveryCode: string } = await backend.ask(1, 'office.create', {
    name: 'Test office',
    zone: 'Europe/Brussels',
    administrator,
  });
  code = made.recoveryCode;
});
afterEach(async () => {
  await backend.close();
  removeFolders();
});

const recover = (changes: object = {}) =>
  backend.serve(
    'office.recover',
    { userName: 'ada', recoveryCode: code, password: 'new password', ...changes },
    2,
  );
const signIn = (password: string) => backend.serve('session.signIn', { userName: 'ada', password }, 3);
const journal = async (): Promise<JournalEntry[]> => {
  const { entries }: { entries: JournalEntry[] } = await backend.ask(1, 'journal.list', { limit: 50 });
  return entries;
};
const addUser = (userName: string, role: string, active = true): Promise<never> =>
  backend.ask(1, 'users.create', {
    writeId: crypto.randomUUID(),
    fields: { userName, displayName: userName, role, active },
    password: 'battery staple',
  });

describe('a lost password', () => {
  it('is replaced with the recovery code, once: the old password and the old code are void', async () => {
    const reply = await recover({ recoveryCode: code.toLowerCase().replaceAll('-', ' ') });
    expect(reply).toMatchObject({ ok: true, value: { user: { userName: 'Ada', role: 'administrator' } } });
    const next = (reply as unknown as { value: { recoveryCode: string } }).value.recoveryCode;
    expect(next).not.toBe(code);
    expect(backend.sessions.userAt(2)?.userName).toBe('Ada');
    expect(await signIn(administrator.password)).toMatchObject({ code: 'WRONG_PASSWORD' });
    expect(await signIn('new password')).toMatchObject({ ok: true });
    expect(await recover({ password: 'another one' })).toMatchObject({ code: 'WRONG_RECOVERY_CODE' });
    expect(await recover({ recoveryCode: next, password: 'another one' })).toMatchObject({ ok: true });
  });

  it('is used by one of two who come at the same time', async () => {
    const replies = await Promise.all([recover(), recover({ password: 'the other one' })]);
    expect(replies.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(replies.find(({ ok }) => !ok)).toMatchObject({ code: 'WRONG_RECOVERY_CODE' });
  });

  it('is written down without anything secret, and cannot be taken back', async () => {
    await recover();
    const [latest, ...rest] = await journal();
    expect(latest).toMatchObject({
      action: 'recover',
      noun: 'user',
      label: 'Ada Min',
      before: null,
      after: null,
    });
    const written = JSON.stringify([latest, ...rest]);
    for (const secret of ['scrypt', code, 'new password']) expect(written).not.toContain(secret);
    await expect(
      backend.ask(1, 'journal.undo', { writeId: crypto.randomUUID(), entry: latest?.entry }),
    ).rejects.toThrow('NOT_ALLOWED undo');
  });

  it('looks the same whatever was wrong, and changes nothing', async () => {
    await addUser('max', 'manager');
    await addUser('eve', 'administrator', false);
    const wrong = await recover({ recoveryCode: `${code.slice(0, -1)}${code.endsWith('7') ? '8' : '7'}` });
    expect(wrong).toEqual({
      ok: false,
      code: 'WRONG_RECOVERY_CODE',
      detail: '',
      message: 'The user name or the recovery code is wrong.',
    });
    for (const changes of [
      { userName: 'nobody' },
      { userName: 'max' },
      { userName: 'eve' },
      { recoveryCode: '' },
    ])
      expect(await recover(changes), JSON.stringify(changes)).toEqual(wrong);
    expect(await signIn(administrator.password)).toMatchObject({ ok: true });
    expect((await journal()).map(({ action }) => action)).toEqual(['create', 'create', 'create']);
  });

  it('is not guessed at by naming another user each time', async () => {
    for (let count = 0; count < 5; count += 1)
      await recover({ userName: `user ${String(count)}`, recoveryCode: 'guess' });
    expect(await recover()).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    // Whoever knows their password is not kept out by that.
    expect(await signIn(administrator.password)).toMatchObject({ ok: true });
  });

  it('is refused with one sentence when the new password is too short', async () => {
    expect(await recover({ password: 'short' })).toMatchObject({
      code: 'INVALID_INPUT',
      message: 'The password is shorter than 8 characters.',
    });
    expect(await recover({ recoveryCode: 'x'.repeat(201) })).toMatchObject({
      message: 'The recovery code is longer than 200 characters.',
    });
    expect(await recover()).toMatchObject({ ok: true });
  });

  it('can be set by another administrator in the form of the user', async () => {
    const { user }: { user: { id: string; version: number } } = await addUser('bob', 'adviser');
    await backend.ask(1, 'users.update', {
      writeId: crypto.randomUUID(),
      id: user.id,
      version: user.version,
      fields: { userName: 'bob', displayName: 'bob', role: 'adviser' },
      password: 'set by Ada',
    });
    const attempt = (password: string) => backend.serve('session.signIn', { userName: 'bob', password }, 4);
    expect(await attempt('battery staple')).toMatchObject({ code: 'WRONG_PASSWORD' });
    expect(await attempt('set by Ada')).toMatchObject({ ok: true });
  });
});

describe('a new recovery code', () => {
  const renew = (password: string, windowId = 1) =>
    backend.serve('office.renewRecoveryCode', { password }, windowId);

  it('takes the place of the old one, for administrators with their password', async () => {
    expect(await renew('guessed')).toMatchObject({
      code: 'WRONG_PASSWORD',
      message: 'The password is wrong.',
    });
    await addUser('max', 'manager');
    await backend.ask(5, 'session.signIn', { userName: 'max', password: 'battery staple' });
    expect(await renew('battery staple', 5)).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await renew('battery staple', 6)).toMatchObject({ code: 'SIGNED_OUT' });
    const reply = await renew(administrator.password);
    const next = (reply as unknown as { value: { recoveryCode: string } }).value.recoveryCode;
    expect((await journal())[0]).toMatchObject({ action: 'renewCode', noun: 'office', label: 'Test office' });
    expect(await recover()).toMatchObject({ code: 'WRONG_RECOVERY_CODE' });
    expect(await recover({ recoveryCode: next })).toMatchObject({ ok: true });
  });

  it('waits after wrong passwords', async () => {
    for (let count = 0; count < 5; count += 1) await renew('guessed');
    expect(await renew(administrator.password)).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
  });
});

describe('an office made before there were recovery codes', () => {
  it('says so, knows no code, and gets one from an administrator', async () => {
    const old = newBackend();
    try {
      await old.office.open(newFolder());
      const { hashPassword } = await import('../../electron/session/password.ts');
      await old.office.store().call('office_create', {
        schema: schemaVersion,
        name: 'Old office',
        zone: 'Europe/Brussels',
        administrator: { userName: 'Ada', userNameKey: 'ada', displayName: 'Ada Min', nameKey: 'ada min' },
        secret: await hashPassword(administrator.password),
      });
      await old.office.refresh();
      const status = (): Promise<OfficeStatus> => old.ask(1, 'office.status');
      expect(await status()).toMatchObject({ state: 'ready', hasRecoveryCode: false });
      const recovering = { userName: 'ada', recoveryCode: '', password: 'new password' };
      expect(await old.serve('office.recover', recovering, 2)).toMatchObject({ code: 'WRONG_RECOVERY_CODE' });
      await old.ask(1, 'session.signIn', { userName: 'ada', password: administrator.password });
      await old.ask(1, 'office.renewRecoveryCode', { password: administrator.password });
      await until(async () => (await status()).hasRecoveryCode);
    } finally {
      await old.close();
    }
  });
});
