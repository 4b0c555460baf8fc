import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { familyOf } from '../e2e/support/processes.ts';
import { debFile, filesIn, output } from './packages.ts';

const isDebian = process.platform === 'linux' && existsSync('/usr/bin/dpkg-deb');

describe.runIf(isDebian)('The package for Debian and Ubuntu', () => {
  let unpacked = '';
  const read = (file: string): string => readFileSync(path.join(unpacked, file), 'utf8');

  beforeAll(() => {
    unpacked = mkdtempSync(path.join(os.tmpdir(), 'daybook-deb-'));
    execFileSync('dpkg-deb', ['-x', debFile(), unpacked]);
  });
  afterAll(() => {
    rmSync(unpacked, { recursive: true, force: true });
  });

  it('names itself, who looks after it and what it stands on', () => {
    const field = (name: string): string => output('dpkg-deb', '-f', debFile(), name).trim();
    expect(field('Package')).toBe('daybook');
    expect(field('Version')).toMatch(/^\d+\.\d+\.\d+/);
    expect(field('Architecture')).toBe(process.arch === 'x64' ? 'amd64' : process.arch);
    expect(field('Maintainer')).toMatch(/^Daybook contributors <.+@.+>$/);
    expect(field('Section')).toBe('office');
    for (const each of ['libgtk-3-0 | libgtk-3-0t64', 'libnss3', 'libgbm1', 'libasound2 | libasound2t64'])
      expect(field('Depends').split(', ')).toContain(each);
  });

  it('can be started from the menu, by its files and by its links', () => {
    const entry = read('usr/share/applications/daybook.desktop').split('\n');
    for (const line of [
      'Name=Daybook',
      'Exec=/opt/Daybook/daybook %U',
      'Icon=daybook',
      'Terminal=false',
      'StartupWMClass=daybook',
      'Categories=Office;',
      'MimeType=application/vnd.daybook;x-scheme-handler/daybook;',
    ])
      expect(entry).toContain(line);
    expect(read('usr/share/mime/packages/daybook.xml')).toContain('<glob pattern="*.daybook"/>');
  });

  it('brings its icon in every size a desktop asks for', () => {
    const icons = filesIn(path.join(unpacked, 'usr/share/icons/hicolor'));
    for (const size of [16, 32, 48, 64, 128, 256, 512])
      expect(icons).toContain(`${String(size)}x${String(size)}/apps/daybook.png`);
  });

  it('carries no package of Node', () => {
    expect(filesIn(unpacked).filter((file) => file.includes('node_modules'))).toEqual([]);
  });

  it('belongs to root, and nobody else may change it', () => {
    const listed = output('dpkg-deb', '-c', debFile()).trim().split('\n');
    const loose = listed.filter((line) => !line.includes(' root/root ') || /^.....w|^........w/.test(line));
    expect(loose).toEqual([]);
  });
});

/** Installing changes this machine, so it is done only where that is wanted and possible. */
function reasonNotToInstall(): string | null {
  if (!isDebian) return 'this is no Debian';
  if (process.getuid?.() !== 0) return 'only root may install packages';
  if (existsSync('/opt/Daybook')) return 'Daybook is installed here already';
  if (!existsSync('/usr/bin/xvfb-run')) return 'there is no virtual screen (xvfb)';
  return null;
}

interface Seen {
  readonly renderers: { readonly seccomp: string; readonly namespace: string }[];
  readonly commands: Set<string>;
}

/** Looks at a program and all it starts until it ends. */
async function watch(pid: number, hasEnded: () => boolean): Promise<Seen> {
  const seen: Seen = { renderers: [], commands: new Set() };
  while (!hasEnded()) {
    for (const each of familyOf(pid)) {
      seen.commands.add(each.command);
      if (!each.command.includes('--type=renderer')) continue;
      try {
        const status = readFileSync(`/proc/${String(each.pid)}/status`, 'utf8');
        const [, seccomp = ''] = /^Seccomp:\s+(\d)/m.exec(status) ?? [];
        seen.renderers.push({ seccomp, namespace: readlinkSync(`/proc/${String(each.pid)}/ns/user`) });
      } catch {
        // It has ended since it was listed.
      }
    }
    await pause(100);
  }
  return seen;
}

const reason = reasonNotToInstall();

// The title says why, where it is not installed.
describe.runIf(reason === null)(
  reason === null ? 'Daybook, installed' : `Daybook, installed: ${reason}`,
  () => {
    const person = `daybook-test-${String(process.pid)}`;
    const home = path.join(os.tmpdir(), person);
    const picture = path.join(home, 'meetings.png');
    let ids = { uid: 0, gid: 0 };

    beforeAll(() => {
      execFileSync('useradd', [
        '--system',
        '--create-home',
        '--home-dir',
        home,
        '--shell',
        '/bin/sh',
        person,
      ]);
      ids = { uid: Number(output('id', '-u', person)), gid: Number(output('id', '-g', person)) };
      execFileSync('dpkg', ['--install', debFile()], { stdio: 'pipe' });
    });
    afterAll(() => {
      if (existsSync('/opt/Daybook')) execFileSync('dpkg', ['--purge', 'daybook'], { stdio: 'pipe' });
      execFileSync('userdel', ['--remove', person], { stdio: 'pipe' });
    });

    it('opens the demo office for an ordinary user, caged in by Chromium', async () => {
      const child = spawn('xvfb-run', ['-a', 'daybook', '--log-level=3', `--screenshot=${picture}`], {
        ...ids,
        cwd: home,
        env: { HOME: home, USER: person, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let said = '';
      child.stderr.on('data', (text: Buffer) => (said += text.toString()));
      const { renderers, commands } = await watch(child.pid ?? 0, () => child.exitCode !== null);
      expect(child.exitCode, said).toBe(0);
      expect(readFileSync(picture).subarray(1, 4).toString()).toBe('PNG');

      expect([...commands].filter((command) => command.includes('--no-sandbox'))).toEqual([]);
      expect(renderers.length).toBeGreaterThan(0);
      // A filter on its system calls, and a user namespace of its own.
      const last = renderers.at(-1);
      expect(last?.seccomp).toBe('2');
      expect(last?.namespace).not.toBe(readlinkSync('/proc/self/ns/user'));
      expect([...commands].some((command) => command.startsWith('/opt/Daybook/resources/redis/'))).toBe(true);
    });

    it('goes away whole', () => {
      execFileSync('dpkg', ['--purge', 'daybook'], { stdio: 'pipe' });
      expect(existsSync('/opt/Daybook')).toBe(false);
      expect(existsSync('/usr/bin/daybook')).toBe(false);
    });
  },
);
