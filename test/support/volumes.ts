import { execFileSync } from 'node:child_process';
import { copyFileSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newFolder } from './engine.ts';

/** Small file systems in memory that go away with `removeVolumes`; only root may mount them. */
const mounted: string[] = [];

const run = (program: string, ...args: string[]): void => {
  execFileSync(program, args, { stdio: 'pipe' });
};

/** @param megabytes its size */
export function newVolume(megabytes: number, folder = newFolder('daybook-volume-')): string {
  run('mount', '-t', 'tmpfs', '-o', `size=${String(megabytes)}m`, 'tmpfs', folder);
  mounted.push(folder);
  return folder;
}

/** Shows a folder in another place, where nothing can be written. */
export function newReadOnlyView(of: string): string {
  const folder = newFolder('daybook-volume-');
  run('mount', '--bind', of, folder);
  mounted.push(folder);
  run('mount', '-o', 'remount,bind,ro', folder);
  return folder;
}

/** A small disk of its own, whose bytes are those of a file: what nobody has synced is not there yet. */
export interface Disk {
  readonly folder: string;
  /** Brings everything to it that was written until now. */
  sync(): void;
  /** Another disk with what this one would have after a power cut now. @returns its folder */
  afterPowerCut(): string;
}

/** Nothing but a sync brings bytes to it while a test runs. */
const diskOptions = 'loop,commit=300';

function mountDisk(image: string): string {
  const folder = newFolder('daybook-volume-');
  run('mount', '-o', diskOptions, image, folder);
  mounted.push(folder);
  return folder;
}

/** @param megabytes its size */
export function newDisk(megabytes: number): Disk {
  const image = path.join(newFolder('daybook-disk-'), 'image');
  writeFileSync(image, '');
  truncateSync(image, megabytes * 1024 * 1024);
  run('mkfs.ext4', '-q', image);
  const folder = mountDisk(image);
  return {
    folder,
    sync: () => run('sync', '-f', folder),
    afterPowerCut() {
      const copy = path.join(newFolder('daybook-disk-'), 'image');
      copyFileSync(image, copy);
      return mountDisk(copy);
    },
  };
}

export function removeVolumes(): void {
  for (const folder of mounted.splice(0).reverse()) run('umount', '-l', folder);
}

function tryToMount(make: () => void): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    make();
    return true;
  } catch {
    return false;
  } finally {
    removeVolumes();
  }
}

/** Whether file systems can be mounted here. */
export const canMount = tryToMount(() => newVolume(1));
/** Whether a file can be mounted as a disk; asked by the few tests that need one. */
export const canMountDisk = (): boolean => tryToMount(() => newDisk(8));
/** Said by the name of what is skipped where they cannot. */
export const mountWord = canMount ? '' : ' (skipped: only root on Linux may mount)';

export const freeMegabytes = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder);
  return (bavail * bsize) / 1024 / 1024;
};

const filler = (folder: string): string => path.join(folder, 'filler');

/** Writes until so much is left of a volume, to the last byte when that is nothing. */
export function fill(folder: string, megabytesLeft = 0): void {
  const bytes = Math.max(0, freeMegabytes(folder) - megabytesLeft) * 1024 * 1024;
  const chunk = Buffer.alloc(1024 * 1024);
  try {
    for (let done = 0; done < bytes; done += chunk.length)
      writeFileSync(filler(folder), chunk.subarray(0, bytes - done), { flag: 'a' });
    if (megabytesLeft === 0) for (;;) writeFileSync(filler(folder), chunk.subarray(0, 4_096), { flag: 'a' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}

export function free(folder: string): void {
  rmSync(filler(folder), { force: true });
}
