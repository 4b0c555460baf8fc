import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { LogRewritten, takeSnapshot } from '../../../electron/office/backups/snapshot.ts';
import { startEngine, type Engine } from '../../../electron/redis/engine.ts';
import { engineOptions, newFolder, removeFolders } from '../../support/engine.ts';

let engine: Engine;
afterEach(async () => {
  await engine.stop();
  removeFolders();
});

describe('A snapshot', () => {
  it('says that the log was written anew when a file of it went after its name was read', async () => {
    const folder = newFolder();
    engine = await startEngine(engineOptions(path.join(folder, 'data')));
    const elsewhere = newFolder();
    const log = path.join('data', 'appendonlydir');
    const manifest = path.join(log, 'appendonly.aof.manifest');
    mkdirSync(path.join(elsewhere, log), { recursive: true });
    copyFileSync(path.join(folder, manifest), path.join(elsewhere, manifest));
    const { endpoint } = engine;
    await expect(takeSnapshot({ endpoint, folder: elsewhere, office: 1 })).rejects.toThrow(LogRewritten);
    const snapshot = await takeSnapshot({ endpoint, folder, office: 1 });
    expect(snapshot.files.map(({ file }) => path.basename(file))).toContain('appendonly.aof.manifest');
    await snapshot.close();
  });
});
