import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

/** A file system as it hangs in the tree of folders. */
export interface Mount {
  readonly folder: string;
  /** As the system calls it: `ext4`, `nfs4`, `fuse.sshfs`, `smbfs`. */
  readonly type: string;
}

/** A space is written `\040` there. */
const unescaped = (word: string): string =>
  word.replace(/\\([0-7]{3})/g, (_whole, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

/** Lines of /proc/self/mountinfo: `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw`. */
export function readMountInfo(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ', 2);
    const folder = before.split(' ')[4];
    const type = after.split(' ', 1)[0];
    return folder && type ? [{ folder: unescaped(folder), type }] : [];
  });
}

/** Lines of macOS's `mount`: `//ada@nas/files on /Volumes/files (smbfs, nodev, nosuid)`. */
export function readMountList(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [, folder, type] = /^.* on (\/.*) \(([^,)]+)[^)]*\)$/.exec(line) ?? [];
    return folder && type ? [{ folder, type }] : [];
  });
}

const holds = (mount: string, folder: string): boolean =>
  folder === mount || folder.startsWith(mount.endsWith('/') ? mount : `${mount}/`);

/** The file system a folder lies on; of several in one place the one mounted last is seen. */
export const mountHolding = (mounts: readonly Mount[], folder: string): Mount | null =>
  mounts
    .filter((mount) => holds(mount.folder, folder))
    .reduce<Mount | null>(
      (best, mount) => (best && best.folder.length > mount.folder.length ? best : mount),
      null,
    );

/** What the system says is mounted; asking for it touches no drive, so one that does not answer cannot hold it up. */
export async function mountsHere(platform: NodeJS.Platform = process.platform): Promise<Mount[]> {
  try {
    if (platform === 'linux') return readMountInfo(await readFile('/proc/self/mountinfo', 'utf8'));
    if (platform === 'darwin') {
      const { stdout } = await promisify(execFile)('/sbin/mount', [], { timeout: 5_000 });
      return readMountList(stdout);
    }
  } catch {
    // Then what the file system says of itself has to do.
  }
  return [];
}

/** Where the volume of a folder begins, for people: `/media/ada/STICK`, `D:\`. */
export const volumeOf = async (folder: string): Promise<string> =>
  mountHolding(await mountsHere(), path.resolve(folder))?.folder ?? path.parse(path.resolve(folder)).root;

/** Kind of the file system a folder lies on, as the system calls it; empty where it says nothing of that. */
export const fileSystemOf = async (folder: string): Promise<string> =>
  mountHolding(await mountsHere(), path.resolve(folder))?.type ?? '';
