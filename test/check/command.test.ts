import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { placeSentence } from '../../electron/contract/places.ts';
import { newBackend, newOffice } from '../support/backend.ts';
import { newFolder } from '../support/engine.ts';
import { projectRoot } from '../support/projectRoot.ts';
import { damageOffice } from './openRaw.ts';

const run = promisify(execFile);

/** What the command prints, and the number it ends with. */
async function command(...args: string[]): Promise<{ code: number; said: unknown }> {
  const script = path.join(projectRoot, 'electron/command/checkMain.ts');
  const ended = await run(process.execPath, [script, ...args]).catch((error: unknown) => error);
  const { code = 0, stdout } = ended as { code?: number; stdout: string };
  return { code, said: JSON.parse(stdout) };
}

/** An office with one client, closed again. */
async function closedOffice(): Promise<string> {
  const folder = newFolder();
  const backend = newBackend();
  await newOffice(backend, folder);
  await backend.ask(1, 'clients.create', { writeId: 'make-a-client', fields: { name: 'Acme' } });
  await backend.close();
  return folder;
}

describe('the check without a window', () => {
  it('says as JSON what agrees and what differs, and repairs it when told to', async () => {
    const folder = await closedOffice();
    const office = `--office=${folder}`;
    const whole = { state: 'done', clients: 1, meetings: 0, differences: [], left: [] };
    expect(await command(office)).toMatchObject({ code: 0, said: { office: folder, ...whole } });
    await damageOffice(folder, (redis) => redis.hset('{ins:1}:labels:client', '0', 'Eve'));
    const wrong = { index: 'labels:client', what: 'wrong', count: 1, examples: ['0'] };
    const sentence = '1 entry is wrong in the names to show.';
    for (const times of ['once', 'and again'])
      expect(await command(office), times).toMatchObject({
        code: 1,
        said: { repaired: false, differences: [{ ...wrong, sentence }], left: [wrong] },
      });
    expect(await command(office, '--repair')).toMatchObject({
      code: 0,
      said: { repaired: true, differences: [wrong], left: [] },
    });
    expect(await command(office)).toMatchObject({ code: 0, said: whole });
  });

  it('ends with 1 when a repair has to leave something', async () => {
    const folder = await closedOffice();
    await damageOffice(folder, (redis) => redis.set('{ins:1}:client:0', 'broken'));
    expect(await command(`--office=${folder}`, '--repair')).toMatchObject({
      code: 1,
      said: {
        left: [expect.objectContaining({ index: 'records', what: 'unreadable', canBeRepaired: false })],
      },
    });
  });

  it('says in one sentence what keeps it from beginning', async () => {
    const folder = newFolder();
    const nothing = newFolder();
    const backend = newBackend();
    await newOffice(backend, folder);
    const said = async (...args: string[]): Promise<unknown> => {
      const { code, said: report } = await command(...args);
      return [code, (report as { message: string }).message];
    };
    expect(await said()).toEqual([2, 'Say which office: --office=DIR [--repair]']);
    expect(await said(`--office=${folder}`, '--mend')).toEqual([2, expect.stringMatching(/^Say which/)]);
    expect(await said(`--office=${nothing}`)).toEqual([2, `There is no office of Daybook in ${nothing}.`]);
    expect(await said(`--office=${folder}`)).toEqual([
      2,
      'The office is open in another program. Close it there first.',
    ]);
    await backend.ask(1, 'backups.create');
    await backend.close();
    rmSync(path.join(folder, 'data'), { recursive: true });
    expect(await said(`--office=${folder}`)).toEqual([2, placeSentence('vanished', folder)]);
  });
});

describe('the check in the program', () => {
  it('tells the window that asked how far it is, and all windows when something was put right', async () => {
    const folder = await closedOffice();
    await damageOffice(folder, (redis) => redis.del('{ins:1}:clients_by_name'));
    const backend = newBackend();
    await backend.offices.start(folder);
    const signIn = { userName: 'Ada', password: 'correct horse' };
    await backend.ask(1, 'session.signIn', signIn);
    await expect(backend.ask(2, 'office.check', {})).rejects.toThrow('SIGNED_OUT');
    const found: { differences: unknown[] } = await backend.ask(1, 'office.check', {});
    expect(found).toMatchObject({ differences: [{ index: 'clients_by_name', what: 'missing' }] });
    const heard = (event: string) => backend.heard.filter((one) => one.event === event);
    expect(heard('checkProgress').at(-1)).toMatchObject({ windowId: 1, payload: { share: 1 } });
    expect(heard('changed')).toEqual([]);
    await backend.ask(1, 'office.check', { repair: true });
    expect(heard('changed')).toMatchObject([{ windowId: 'all' }]);
    expect(await backend.ask(1, 'office.check', {})).toMatchObject({ differences: [] });
    const checks = [backend.ask(1, 'office.check', {}), backend.ask(1, 'office.check', {})];
    await backend.ask(1, 'office.cancelCheck');
    const states = (await Promise.all(checks)).map(({ state }: { state: string }) => state);
    expect(states[0]).toBe('cancelled');
    await backend.close();
  });
});
