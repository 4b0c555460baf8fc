import { existsSync, readFileSync } from 'node:fs';
import type { Format, Installation } from './packages.ts';

/** What is known of how the program was started. */
export interface ProgramFacts {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly version: string;
  /** The running program, in full. */
  readonly executable: string;
  /** What an AppImage says of itself when it starts; undefined elsewhere. */
  readonly appImage: string | undefined;
  /** Where the system keeps what it knows of its packages: `/`, or another folder in tests. */
  readonly root: string;
}

/** dpkg writes down the files of each package, one a line. */
function isOfDpkg(root: string, executable: string): boolean {
  try {
    return readFileSync(`${root}var/lib/dpkg/info/daybook.list`, 'utf8').split('\n').includes(executable);
  } catch {
    return false;
  }
}

const hasDpkg = (root: string): boolean => existsSync(`${root}var/lib/dpkg/status`);
const hasRpm = (root: string): boolean =>
  existsSync(`${root}usr/lib/sysimage/rpm`) || existsSync(`${root}var/lib/rpm`);

/**
 * On Linux the same kind of package as the one it came in. What came in none (an unpacked folder, a checkout) takes
 * what the system can install.
 */
function linuxFormats({ appImage, executable, root }: ProgramFacts): readonly Format[] {
  if (appImage !== undefined) return ['AppImage'];
  if (isOfDpkg(root, executable)) return ['deb'];
  if (executable.startsWith('/opt/Daybook/') && hasRpm(root)) return ['rpm'];
  if (hasDpkg(root)) return ['deb', 'AppImage'];
  return hasRpm(root) ? ['rpm', 'AppImage'] : ['AppImage'];
}

export function installationOf(facts: ProgramFacts): Installation {
  const { platform, arch, version } = facts;
  const formats: Partial<Record<NodeJS.Platform, readonly Format[]>> = {
    win32: ['exe'],
    darwin: ['dmg', 'zip'],
    linux: linuxFormats(facts),
  };
  return { version, arch, formats: formats[platform] ?? [] };
}

/** The checksums that releases carry, and those `npm run package` leaves beside what it made. */
export const checksumLists = ({ platform, arch }: Pick<ProgramFacts, 'platform' | 'arch'>): string[] => [
  'SHA256SUMS',
  `SHA256SUMS-${platform}-${arch}.txt`,
];
