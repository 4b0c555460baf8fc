import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { macRuntime, pack, rehearsalProject, windowsRuntime } from './otherSystems.ts';
import { filesIn } from './packages.ts';

let folder = '';
let project = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'daybook-rehearsal-'));
  project = rehearsalProject(path.join(folder, 'project'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const isStray = (file: string): boolean =>
  /node_modules|default_app|\.partial$|\.stamp$|(^|\/)de\.(pak|lproj)/.test(file);

async function expectHardened(program: string): Promise<void> {
  const fuses = await getCurrentFuseWire(program);
  for (const fuse of [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.GrantFileProtocolExtraPrivileges,
  ])
    expect(fuses[fuse], FuseV1Options[fuse]).toBe(FuseState.DISABLE);
  for (const fuse of [
    FuseV1Options.EnableCookieEncryption,
    FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    FuseV1Options.OnlyLoadAppFromAsar,
  ])
    expect(fuses[fuse], FuseV1Options[fuse]).toBe(FuseState.ENABLE);
}

const expectLicences = (resources: string): void => {
  expect(readFileSync(path.join(resources, 'LICENSE'), 'utf8')).toContain('MIT');
  expect(readFileSync(path.join(resources, 'THIRD-PARTY-NOTICES.md'), 'utf8')).toContain('## Redis');
};

const engineIn = (files: readonly string[], system: string): string[] =>
  files.filter((file) => file.startsWith(`redis/${system}/`)).map((file) => path.posix.basename(file));

describe('A package for Windows, rehearsed on a made-up runtime', () => {
  let program = '';

  beforeAll(() => {
    pack(project, windowsRuntime(path.join(folder, 'windows')), '--win', 'dir', '--x64');
    program = path.join(project, 'dist/win-unpacked');
  });

  it('holds the engine with its runtime library and notices where the program looks for it', () => {
    const resources = path.join(program, 'resources');
    const files = filesIn(resources);
    expect(engineIn(files, 'win32-x64')).toEqual([
      'COPYING',
      'COPYING.runtime',
      'built.json',
      'daybook-launcher.exe',
      'msys-2.0.dll',
      'redis-server.exe',
    ]);
    expect(files.filter((file) => file.startsWith('redis/') && !file.includes('win32-x64'))).toEqual([]);
    expect(files).toContain('lua/meetings.lua');
    expect(filesIn(program).filter(isStray)).toEqual([]);
    expectLicences(resources);
  });

  it('is hardened like the one that is tested here', async () => {
    await expectHardened(path.join(program, 'Daybook.exe'));
    const inside = listPackage(path.join(program, 'resources/app.asar'), { isPack: false });
    expect(inside.filter(isStray)).toEqual([]);
  });
});

describe('A package for macOS, rehearsed on a made-up runtime', () => {
  beforeAll(() => {
    pack(project, macRuntime(path.join(folder, 'mac')), '--mac', 'dir', '--x64', '--arm64');
  });

  it.each([
    ['x64', 'mac'],
    ['arm64', 'mac-arm64'],
  ])('holds the %s engine where the program looks for it', (architecture, output) => {
    const contents = path.join(project, 'dist', output, 'Daybook.app/Contents');
    const resources = path.join(contents, 'Resources');
    const files = filesIn(resources);
    expect(engineIn(files, `darwin-${architecture}`)).toEqual([
      'COPYING',
      'built.json',
      'daybook-launcher',
      'redis-server',
    ]);
    expect(files.filter((file) => /^redis\//.test(file) && !file.includes(architecture))).toEqual([]);
    expect(files).toContain('lua/meetings.lua');
    expect(filesIn(contents).filter(isStray)).toEqual([]);
    expectLicences(resources);
  });

  it('opens files and links of Daybook, and knows the digest of its archive', () => {
    const about = readFileSync(path.join(project, 'dist/mac/Daybook.app/Contents/Info.plist'), 'utf8');
    expect(about).toContain('<string>app.daybook.desktop</string>');
    expect(about.replaceAll(/\s/g, '')).toContain(
      '<key>CFBundleURLSchemes</key><array><string>daybook</string></array>',
    );
    expect(about.replaceAll(/\s/g, '')).toContain(
      '<key>CFBundleTypeExtensions</key><array><string>daybook</string></array>',
    );
    expect(about).toContain('ElectronAsarIntegrity');
  });

  it('is hardened like the one that is tested here', async () => {
    await expectHardened(path.join(project, 'dist/mac-arm64/Daybook.app'));
  });
});
