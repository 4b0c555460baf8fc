import { chmodSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort, socketAddress, transportHere } from '../../electron/redis/address.ts';
import { newFolder, removeFolders } from '../support/engine.ts';

afterEach(removeFolders);

const socketOf = (dataFolder: string, runtime: string | undefined): string => {
  const address = socketAddress(dataFolder, { XDG_RUNTIME_DIR: runtime });
  if (!('path' in address)) throw new Error('not a socket');
  return address.path;
};

describe.skipIf(process.platform === 'win32')('socketAddress', () => {
  it('lies in a folder only this user can enter', () => {
    const runtime = newFolder();
    const socket = socketOf('/home/ada/office/data', runtime);
    expect(path.dirname(socket)).toBe(path.join(runtime, 'daybook'));
    expect(statSync(path.dirname(socket)).mode & 0o777).toBe(0o700);
  });

  it('is the same for the same data and another for other data', () => {
    const runtime = newFolder();
    expect(socketOf('/a/data', runtime)).toBe(socketOf('/a/../a/data', runtime));
    expect(socketOf('/a/data', runtime)).not.toBe(socketOf('/b/data', runtime));
  });

  it('stays short enough for the system, however long the folder is', () => {
    const runtime = path.join(newFolder(), 'x'.repeat(120));
    mkdirSync(runtime);
    const socket = socketOf(`/${'long/'.repeat(60)}`, runtime);
    expect(Buffer.byteLength(socket)).toBeLessThan(104);
    expect(socket).toMatch(/^\/tmp\/daybook-\d+\//);
  });

  it('avoids a folder that others may enter', () => {
    const runtime = newFolder();
    mkdirSync(path.join(runtime, 'daybook'));
    chmodSync(path.join(runtime, 'daybook'), 0o755);
    expect(socketOf('/a/data', runtime)).toMatch(/^\/tmp\/daybook-\d+\//);
  });
});

describe('transport', () => {
  it('is a socket except on Windows or when asked for', () => {
    expect(transportHere({})).toBe(process.platform === 'win32' ? 'tcp' : 'socket');
    expect(transportHere({ DAYBOOK_ENGINE_TRANSPORT: 'tcp' })).toBe('tcp');
  });

  it('finds a free port of this machine', async () => {
    const address = await freePort();
    expect(address).toMatchObject({ host: '127.0.0.1' });
    expect('port' in address && address.port).toBeGreaterThan(1_023);
  });
});
