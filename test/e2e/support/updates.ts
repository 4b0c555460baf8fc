import { createHash } from 'node:crypto';
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The name a package of this version has for this computer. An AppImage is taken by any Linux without dpkg and rpm. */
export function packageName(version: string): string {
  const arm = process.arch === 'arm64' ? '-arm64' : '';
  if (process.platform === 'win32') return `Daybook-Setup-${version}-${process.arch}.exe`;
  if (process.platform === 'darwin') return `Daybook-${version}${arm}.dmg`;
  if (existsSync('/var/lib/dpkg/status')) return `daybook_${version}_${arm === '' ? 'amd64' : 'arm64'}.deb`;
  return `Daybook-${version}${arm}.AppImage`;
}

/** Puts a package into the folder of updates, with its checksum, as somebody in the office would copy a release. */
export function putPackage(folder: string, version: string, content = `Daybook ${version}`): string {
  const file = packageName(version);
  writeFileSync(path.join(folder, file), content);
  const digest = createHash('sha256').update(content).digest('hex');
  appendFileSync(path.join(folder, 'SHA256SUMS'), `${digest}  ${file}\n`);
  return file;
}

/** A desktop with an installer for packages, which notes what it was given instead of installing it. */
export interface Desktop {
  /** For the program's environment. */
  readonly path: string;
  /** What the installer was started with, and what the file held at that moment. */
  opened(): { readonly file: string; readonly content: string }[];
}

/** Only on Linux: elsewhere the system's own installer would open. */
export function desktopWithInstaller(folder: string): Desktop {
  const bin = path.join(folder, 'desktop');
  const notes = path.join(folder, 'opened');
  mkdirSync(bin, { recursive: true });
  const programs = {
    'xdg-mime': 'echo installer.desktop',
    'xdg-open': `printf '%s\\n' "$1" >> '${notes}'; cat "$1" >> '${notes}'; printf '\\n' >> '${notes}'`,
  };
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(bin, name), 0o755);
  }
  return {
    path: `${bin}:${process.env['PATH'] ?? ''}`,
    opened() {
      if (!existsSync(notes)) return [];
      const lines = readFileSync(notes, 'utf8').trimEnd().split('\n');
      return lines.flatMap((file, at) => (at % 2 === 0 ? [{ file, content: lines[at + 1] ?? '' }] : []));
    },
  };
}
