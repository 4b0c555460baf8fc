import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { describe, expect, it } from 'vitest';
import { ask } from '../e2e/support/daybook.ts';
import { enterDemo } from '../e2e/support/doing.ts';
import { startProgram } from '../e2e/support/program.ts';
import { packagedProgram } from '../../scripts/package.mjs';
import { filesIn, packages, projectRoot } from './packages.ts';

const program = packagedProgram(packages());
const isMac = process.platform === 'darwin';
const folder = path.dirname(program);
const resources = isMac ? path.join(folder, '../Resources') : path.join(folder, 'resources');
const archive = path.join(resources, 'app.asar');
const engine = path.join(resources, 'redis', `${process.platform}-${process.arch}`);
const exe = process.platform === 'win32' ? '.exe' : '';

describe('The unpacked program', () => {
  it('holds the built program in its archive and nothing else', () => {
    const inside = listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/').slice(1));
    const foreign = inside.filter((file) => file !== 'package.json' && !/^out($|\/)/.test(file));
    expect(foreign).toEqual([]);
    for (const file of [
      'main/main.cjs',
      'main/reader.worker.cjs',
      'preload/preload.cjs',
      'renderer/index.html',
    ])
      expect(inside).toContain(`out/${file}`);
    expect(inside.filter((file) => file.endsWith('.map'))).toEqual([]);
    const about = JSON.parse(extractFile(archive, 'package.json').toString()) as Record<string, unknown>;
    expect(about).toMatchObject({ main: 'out/main/main.cjs', desktopName: 'daybook.desktop' });
    expect(about).not.toHaveProperty('devDependencies');
  });

  it('carries no package of Node and no bare program of Electron', () => {
    const files = filesIn(folder);
    expect(files.filter((file) => file.includes('node_modules'))).toEqual([]);
    expect(files.filter((file) => file.endsWith('default_app.asar'))).toEqual([]);
  });

  it('carries the engine, which may be run, and the whole query core', () => {
    for (const name of ['redis-server', 'daybook-launcher'])
      accessSync(path.join(engine, name + exe), constants.X_OK);
    expect(filesIn(path.join(resources, 'lua'))).toEqual(filesIn(path.join(projectRoot, 'lua')));
  });

  it('carries the licence of each of its parts', () => {
    for (const name of ['LICENSE', 'THIRD-PARTY-NOTICES.md']) {
      const committed = readFileSync(path.join(projectRoot, name), 'utf8');
      expect(readFileSync(path.join(resources, name), 'utf8')).toBe(committed);
    }
    expect(readFileSync(path.join(engine, 'COPYING'), 'utf8')).toContain('Redistribution and use in source');
    if (!isMac) expect(filesIn(folder)).toContain('LICENSES.chromium.html');
  });

  it('cannot be turned into a tool for running other code', async () => {
    const fuses = await getCurrentFuseWire(program);
    const off = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
    ];
    const on = [
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
    ];
    for (const fuse of off) expect(fuses[fuse], FuseV1Options[fuse]).toBe(FuseState.DISABLE);
    for (const fuse of on) expect(fuses[fuse], FuseV1Options[fuse]).toBe(FuseState.ENABLE);
    // Runtimes before Electron 29 do not have this one.
    const filePrivileges = fuses[FuseV1Options.GrantFileProtocolExtraPrivileges];
    if (filePrivileges !== undefined) expect(filePrivileges).toBe(FuseState.DISABLE);
  });

  it('reads files to import in its own thread, out of the archive', async () => {
    const own = mkdtempSync(path.join(os.tmpdir(), 'daybook-package-'));
    const table = path.join(own, 'meetings.csv');
    writeFileSync(table, 'Client,Date,Subject\nVermeulen,2026-03-02 10:00,Yearly review\n');
    const running = await startProgram({ userData: path.join(own, 'profile'), args: ['--demo'] });
    try {
      await enterDemo(running.page);
      const { file } = await ask(running.page, 'imports', 'offerFile', { path: table });
      const { columns, guess } = await ask(running.page, 'imports', 'inspect', { handle: file.handle });
      expect(columns.map((column) => column.header)).toEqual(['Client', 'Date', 'Subject']);
      expect(guess.columns).toEqual(['client', 'start', 'title']);
    } finally {
      await running.stop();
      rmSync(own, { recursive: true, force: true });
    }
  });
});
