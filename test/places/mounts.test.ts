import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mountHolding, mountsHere, readMountInfo, readMountList } from '../../electron/places/mounts.ts';
import { isNetworkMagic, isNetworkType, isUncPath, networkMount } from '../../electron/places/network.ts';

const linux = readMountInfo(`22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
40 22 0:35 / /mnt/office\\040files rw,relatime - nfs4 nas:/files rw,vers=4.2
41 22 0:36 / /mnt/office rw - cifs //nas/office rw
42 22 8:17 / /media/ada/STICK rw - fuseblk /dev/sdb1 rw
43 22 0:37 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
44 42 0:38 / /media/ada/STICK rw - ext4 /dev/sdc1 rw
not a line
`);
const mac = readMountList(`/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//ada@nas/files on /Volumes/files of (us) (smbfs, nodev, nosuid, mounted by ada)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
`);

describe('the file system a folder lies on', () => {
  it.each([
    ['/home/ada', 'ext4'],
    ['/mnt/office files/a', 'nfs4'],
    ['/mnt/office', 'cifs'],
    ['/mnt/officer', 'ext4'],
    ['/media/ada/STICK/x', 'ext4'],
    ['/', 'ext4'],
  ])('is read from what Linux has mounted: %s', (folder, type) => {
    expect(mountHolding(linux, folder)?.type).toBe(type);
  });

  it('is read from what macOS has mounted', () => {
    expect(mountHolding(mac, '/Users/ada')?.type).toBe('apfs');
    expect(mountHolding(mac, '/Volumes/files of (us)/office')?.type).toBe('smbfs');
  });

  it.skipIf(process.platform !== 'linux')('is the one this system names', async () => {
    const mounts = await mountsHere();
    expect(mounts.length).toBe(readFileSync('/proc/self/mountinfo', 'utf8').trimEnd().split('\n').length);
    expect(mountHolding(mounts, '/proc/self')?.type).toBe('proc');
  });
});

describe('what lies on another computer', () => {
  it('is told by the type of the file system', () => {
    expect(networkMount(linux, '/mnt/office/a')).toBe('cifs');
    expect(networkMount(linux, '/run/user/1000/gvfs/smb-share')).toBe('fuse.gvfsd-fuse');
    expect(networkMount(mac, '/Volumes/files of (us)')).toBe('smbfs');
    for (const type of ['nfs', 'NFS4', 'smb3', '9p', 'fuse.sshfs', 'fuse.rclone', 'macfuse.sshfs', 'afpfs'])
      expect([type, isNetworkType(type)]).toEqual([type, true]);
    for (const type of [
      'ext4',
      'fuseblk',
      'apfs',
      'tmpfs',
      'overlay',
      'fuse.ntfs-3g',
      'exfat',
      'zfs',
      'ntfs3',
    ])
      expect([type, isNetworkType(type)]).toEqual([type, false]);
  });

  it('is told by the number of the file system, signed or not', () => {
    for (const magic of [0x6969, 0xff534d42, 0xff534d42 | 0, 0xfe534d42 | 0])
      expect(isNetworkMagic(magic)).toBe(true);
    for (const magic of [0xef53, 0x01021994, 0x9123683e, 0x58465342])
      expect(isNetworkMagic(magic)).toBe(false);
  });

  it.each([
    ['\\\\nas\\files\\office', true],
    ['//nas/files', true],
    ['\\\\?\\UNC\\nas\\files', true],
    ['\\\\wsl.localhost\\Debian', true],
    ['C:\\office', false],
    ['\\\\?\\C:\\office', false],
    ['\\\\.\\C:\\office', false],
    ['/home/ada', false],
  ])('is told by the path on Windows: %s', (folder, isShare) => {
    expect(isUncPath(folder)).toBe(isShare);
  });
});
