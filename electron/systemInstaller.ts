import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { app, shell } from 'electron';
import type { Installer } from './updates/installer.ts';
import type { Format } from './updates/packages.ts';

/** By what Linux knows packages that are installed by opening them. An AppImage is no such package. */
const linuxTypes: Partial<Record<Format, string>> = {
  deb: 'application/vnd.debian.binary-package',
  rpm: 'application/x-rpm',
};
const patienceMs = 5_000;
/** So long the window can still be read. */
const quitAfterMs = 2_500;

const run = promisify(execFile);

/** Whether the desktop names a program for this kind of file. */
async function hasProgramFor(type: string): Promise<boolean> {
  try {
    const { stdout } = await run('xdg-mime', ['query', 'default', type], { timeout: patienceMs });
    return stdout.trim() !== '';
  } catch {
    return false;
  }
}

/** Electron's own way waits until the installer ends, and cannot tell whether there was one. */
async function openOnLinux(file: string): Promise<void> {
  const child = spawn('xdg-open', [file], { detached: true, stdio: 'ignore' });
  child.unref();
  await once(child, 'spawn');
}

async function openElsewhere(file: string): Promise<void> {
  const trouble = await shell.openPath(file);
  if (trouble !== '') throw new Error(trouble);
}

export const systemInstaller: Installer = {
  canInstall(format) {
    const type = linuxTypes[format];
    if (type !== undefined) return hasProgramFor(type);
    return Promise.resolve(format === 'exe' || format === 'dmg');
  },
  open: process.platform === 'linux' ? openOnLinux : openElsewhere,
  show(file) {
    shell.showItemInFolder(file);
  },
  quit() {
    setTimeout(() => {
      app.quit();
    }, quitAfterMs);
  },
};
