import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { call, type Access } from '../../electron/contract/call.ts';
import { Failure, failureCodes } from '../../electron/contract/failure.ts';
import type { SignedInUser } from '../../electron/contract/session.ts';
import { roles, type Role } from '../../electron/contract/users.ts';
import { createServe, type Serve } from '../../electron/ipc/serve.ts';
import { logTo } from '../../electron/log.ts';
import type { Store } from '../../electron/redis/store.ts';

const spec = (access: Access) =>
  call({
    summary: '',
    access,
    input: z.strictObject({ title: z.string().max(10), writeId: z.string().optional() }),
    output: z.object({ title: z.string() }),
    failures: [],
  });
const calls = {
  things: {
    anyone: spec('anyone'),
    signedIn: spec('signedIn'),
    writer: spec('writer'),
    importer: spec('importer'),
    administrator: spec('administrator'),
  },
};

const userWith = (role: Role): SignedInUser => ({
  id: '01890000-0000-7000-8000-000000000001',
  userName: 'ada',
  displayName: 'Ada',
  role,
  seesAllClients: false,
});

const notAsked = () => Promise.reject(new Error('not asked here'));
const store: Store = { call: notAsked, writeRecords: notAsked, readRecords: notAsked };
let user: SignedInUser | null;
let signedOut: number[];
let written: number;
let logged: string;
let answer: (input: { title: string }, actor: string) => Promise<unknown>;
let serve: Serve;

beforeEach(() => {
  user = userWith('adviser');
  signedOut = [];
  written = 0;
  logged = '';
  answer = ({ title }) => Promise.resolve({ title });
  const handler = (input: never, context: { actor: string }) => answer(input, context.actor);
  serve = createServe({
    calls,
    handlers: {
      things: {
        anyone: handler,
        signedIn: handler,
        writer: handler,
        importer: handler,
        administrator: handler,
      },
    },
    userAt: () => user,
    context: (windowId, actor) => ({ store, actor, zone: 'UTC', windowId }),
    onSignedOut: (windowId) => signedOut.push(windowId),
    onWritten: () => (written += 1),
    log: logTo((line) => (logged += line)),
  });
});

describe('who may call', () => {
  const mayCall: Record<Access, readonly Role[]> = {
    anyone: roles,
    signedIn: roles,
    writer: ['administrator', 'manager', 'adviser', 'assistant'],
    importer: ['administrator', 'manager'],
    administrator: ['administrator'],
  };

  it.each(Object.entries(mayCall))('lets the right roles make calls for %s', async (access, allowed) => {
    for (const role of roles) {
      user = userWith(role);
      const reply = await serve(`things.${access}`, { title: 'x' }, 1);
      expect([role, reply.ok || reply.code]).toEqual([role, allowed.includes(role) || 'NOT_ALLOWED']);
    }
  });

  it.each(Object.keys(mayCall))('asks for a sign-in where one is needed: %s', async (access) => {
    user = null;
    const reply = await serve(`things.${access}`, { title: 'x' }, 1);
    expect(reply.ok || reply.code).toBe(access === 'anyone' || 'SIGNED_OUT');
  });

  it('takes the actor from the session, never from the input', async () => {
    answer = (_input, actor) => Promise.resolve({ title: actor });
    expect(await serve('things.signedIn', { title: 'x' }, 1)).toEqual({
      ok: true,
      value: { title: user?.id },
    });
    const forged = await serve('things.signedIn', { title: 'x', actor: 'somebody' }, 1);
    expect(forged).toMatchObject({
      ok: false,
      code: 'INVALID_INPUT',
      message: 'The request holds something unknown.',
    });
  });

  it('says nothing about the input to somebody who may not call', async () => {
    user = null;
    expect(await serve('things.writer', { title: 'far too long a title' }, 1)).toMatchObject({
      code: 'SIGNED_OUT',
    });
  });
});

describe('what goes in and out', () => {
  it('refuses a bad input with one sentence and does not run', async () => {
    let ran = false;
    answer = () => Promise.resolve((ran = true));
    const reply = await serve('things.signedIn', { title: 'much too long' }, 1);
    expect(reply).toEqual({
      ok: false,
      code: 'INVALID_INPUT',
      detail: 'The title is longer than 10 characters',
      message: 'The title is longer than 10 characters.',
    });
    expect(ran).toBe(false);
  });

  it.each([undefined, null, 7, 'text', [], { title: null }, new Map()])(
    'survives the input %s',
    async (input) => {
      expect(await serve('things.signedIn', input, 1)).toMatchObject({ ok: false, code: 'INVALID_INPUT' });
    },
  );

  it('catches an answer that is not what the contract promises', async () => {
    answer = () => Promise.resolve({ title: 42, secret: 'of the office' });
    expect(await serve('things.signedIn', { title: 'x' }, 1)).toMatchObject({ ok: false, code: 'INTERNAL' });
    expect(logged).toContain('answer: title invalid_type');
    expect(logged).not.toContain('of the office');
  });

  it('leaves out what the contract does not name', async () => {
    answer = () => Promise.resolve({ title: 'x', nameKey: 'inside only' });
    expect(await serve('things.signedIn', { title: 'x' }, 1)).toEqual({ ok: true, value: { title: 'x' } });
  });

  it.each(['things.nothing', 'nothing.at all', '', '__proto__.toString', 'constructor.name'])(
    'has no call %s',
    async (channel) => {
      expect(await serve(channel, {}, 1)).toMatchObject({ ok: false, code: 'INTERNAL' });
    },
  );
});

describe('failures', () => {
  it.each(failureCodes)('hands on %s with its sentence', async (code) => {
    answer = () => Promise.reject(new Failure(code, 'meeting'));
    const reply = await serve('things.signedIn', { title: 'x' }, 1);
    expect(reply).toMatchObject({ ok: false, code, detail: 'meeting' });
    expect(!reply.ok && reply.message).toMatch(/^[A-Z][^{}]*\.$/);
  });

  it('turns a mistake of ours into INTERNAL without telling anybody its text', async () => {
    answer = () => Promise.reject(new TypeError('cannot read Acme Corp of undefined'));
    const reply = await serve('things.signedIn', { title: 'x' }, 1);
    expect(reply).toMatchObject({ ok: false, code: 'INTERNAL' });
    expect(JSON.stringify(reply) + logged).not.toContain('Acme');
    expect(logged).toContain('TypeError');
  });

  it('ends the session of a user whom the store refuses', async () => {
    answer = () => Promise.reject(new Failure('SIGNED_OUT'));
    await serve('things.signedIn', { title: 'x' }, 7);
    expect(signedOut).toEqual([7]);
  });
});

describe('news of writes', () => {
  it('is given after a write, not after a read or a failed write', async () => {
    await serve('things.signedIn', { title: 'x' }, 1);
    expect(written).toBe(0);
    await serve('things.writer', { title: 'x', writeId: 'w' }, 1);
    expect(written).toBe(1);
    answer = () => Promise.reject(new Failure('CONFLICT'));
    await serve('things.writer', { title: 'x', writeId: 'w' }, 1);
    expect(written).toBe(1);
  });
});
