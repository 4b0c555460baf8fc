import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './packages.ts';

// electron-builder lays out packages of systems it does not run on, if it is given a runtime. These are made-up ones:
// of the right shape, with nothing in them that could run.

/** What @electron/fuses looks for in a runtime: a mark, then version, length and the state of each fuse. */
const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseWire = Buffer.concat([Buffer.from(fuseMark), Buffer.from([1, 8]), Buffer.from('10111000')]);

const make = (folder: string, files: Readonly<Record<string, string | Buffer>>): void => {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
};

const common = { LICENSE: 'MIT', 'LICENSES.chromium.html': '<html></html>', version: '45.4.1' };

/** A Windows runtime: any program that has a version can have it changed. */
export function windowsRuntime(folder: string): string {
  const anyProgram = path.join(projectRoot, 'node_modules/electron-winstaller/vendor/rcedit.exe');
  make(folder, {
    ...common,
    'electron.exe': Buffer.concat([readFileSync(anyProgram), fuseWire]),
    'locales/en-US.pak': '',
    'locales/de.pak': '',
  });
  return folder;
}

const plist = (name: string, identifier: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>CFBundleExecutable</key><string>${name}</string>
<key>CFBundleIdentifier</key><string>${identifier}</string>
<key>CFBundleName</key><string>${name}</string>
<key>CFBundlePackageType</key><string>APPL</string>
</dict></plist>
`;

/** A macOS runtime: the bundle, its framework and its helpers. */
export function macRuntime(folder: string): string {
  const app = 'Electron.app/Contents';
  const helpers = ['', ' (GPU)', ' (Plugin)', ' (Renderer)'].flatMap((kind) => {
    const name = `Electron Helper${kind}`;
    const contents = `${app}/Frameworks/${name}.app/Contents`;
    return [
      [`${contents}/Info.plist`, plist(name, 'com.github.Electron.helper')],
      [`${contents}/MacOS/${name}`, ''],
    ] as const;
  });
  make(folder, {
    ...common,
    [`${app}/Info.plist`]: plist('Electron', 'com.github.Electron'),
    [`${app}/MacOS/Electron`]: '',
    [`${app}/Frameworks/Electron Framework.framework/Electron Framework`]: fuseWire,
    [`${app}/Frameworks/Electron Framework.framework/Versions/A/Resources/en.lproj/locale.pak`]: '',
    [`${app}/Frameworks/Electron Framework.framework/Versions/A/Resources/de.lproj/locale.pak`]: '',
    [`${app}/Resources/en.lproj/.keep`]: '',
    [`${app}/Resources/electron.icns`]: '',
    ...Object.fromEntries(helpers),
  });
  return folder;
}

/** The files a build leaves in the engine's folder of each system, and some that must not ship. */
const engines: Readonly<Record<string, readonly string[]>> = {
  'win32-x64': ['redis-server.exe', 'daybook-launcher.exe', 'msys-2.0.dll', 'COPYING', 'COPYING.runtime'],
  'darwin-x64': ['redis-server', 'daybook-launcher', 'COPYING'],
  'darwin-arm64': ['redis-server', 'daybook-launcher', 'COPYING'],
};

/** A copy of what packages are made of, with an engine of every system. */
export function rehearsalProject(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const name of [
    'package.json',
    'electron-builder.yml',
    'out',
    'lua',
    'LICENSE',
    'THIRD-PARTY-NOTICES.md',
  ])
    cpSync(path.join(projectRoot, name), path.join(folder, name), { recursive: true });
  cpSync(path.join(projectRoot, 'resources/icons'), path.join(folder, 'resources/icons'), {
    recursive: true,
  });
  for (const name of ['scripts', 'node_modules'])
    symlinkSync(path.join(projectRoot, name), path.join(folder, name));
  for (const [system, names] of Object.entries(engines)) {
    const files = [...names, 'built.json', 'daybook-launcher.stamp', 'redis-server.1.partial'];
    make(
      path.join(folder, 'resources/redis', system),
      Object.fromEntries(files.map((name) => [name, `${system} ${name}`])),
    );
  }
  return folder;
}

export function pack(project: string, runtime: string, ...system: string[]): void {
  const cli = path.join(projectRoot, 'node_modules/electron-builder/cli.js');
  const options = [`-c.electronDist=${runtime}`, '-c.electronVersion=45.4.1', '--publish', 'never'];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, '--projectDir', project, ...system, ...options],
    {
      cwd: project,
      encoding: 'utf8',
      // No certificate of this machine is used for a rehearsal.
      env: { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: 'false' },
    },
  );
  if (status !== 0) throw new Error(`${system.join(' ')} could not be packed:\n${stdout}${stderr}`);
}
