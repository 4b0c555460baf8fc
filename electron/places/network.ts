import { realpathSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { mountHolding, type Mount } from './mounts.ts';

/**
 * File systems whose files lie on another computer, by the names Linux and macOS give them. A lock taken there need not
 * hold on the other side, and a write acknowledged here need not be on a disk there. Folders that a virtual machine
 * shares with its host (9p, virtiofs, vboxsf, ...) are no different.
 */
const networkTypes = new Set([
  ...['nfs', 'nfs4', 'cifs', 'smb', 'smb2', 'smb3', 'smbfs', 'afs', 'afpfs', 'ncpfs', 'ncp', 'coda'],
  ...['webdav', 'davfs', 'ftp', 'ceph', 'lustre', 'gfs2', 'ocfs2', 'gpfs', 'beegfs', 'orangefs', 'glusterfs'],
  ...['9p', 'virtiofs', 'vboxsf', 'vmhgfs', 'prl_fs', 'drvfs'],
]);

/** Programs that show something far away as a folder; what stands on a disk of this computer is `fuseblk` or not listed. */
const farFuse =
  /^(mac|osx)?fuse\.?(sshfs|rclone|gvfsd-fuse|davfs2?|webdav|glusterfs|ceph.*|s3fs|goofys|mount-s3|gcsfuse|blobfuse2?|curlftpfs|smbnetfs|vmhgfs-fuse|onedriver|google-drive-ocamlfuse|juicefs|seadrive|pcloud|portal)$/i;

export const isNetworkType = (type: string): boolean =>
  networkTypes.has(type.toLowerCase()) || farFuse.test(type);

/** Linux's numbers of the same, should /proc not be readable: linux/magic.h. FUSE alone says too little. */
const networkMagic = new Set([
  0x6969, 0x517b, 0xfe534d42, 0xff534d42, 0x5346414f, 0x6b414653, 0x73757245, 0x564c, 0x01021997, 0x00c36400,
  0x01161970, 0x7461636f, 0x0bd00bd0, 0x47504653, 0x786f4256, 0xbacbacbc,
]); // prettier-ignore

export const isNetworkMagic = (type: number): boolean => networkMagic.has(type >>> 0);

/** `\\server\share\...` in any spelling; `\\?\C:\...` and `\\.\C:\...` are paths of this computer. */
export const isUncPath = (folder: string): boolean => /^[\\/]{2}(?:[?.][\\/]UNC[\\/])?[^\\/?.]/i.test(folder);

/** By what the system has mounted. @param folder a whole path, links resolved or not */
export const networkMount = (mounts: readonly Mount[], folder: string): string | null => {
  const type = mountHolding(mounts, folder)?.type;
  return type !== undefined && isNetworkType(type) ? type : null;
};

/**
 * By what the file system says of itself, for a folder that is there.
 * Windows tells no type; but a letter that stands for a share resolves to the share (`Z:\office` to `\\nas\files\office`).
 * @returns what it is called, null when it is none
 */
export async function networkFileSystem(folder: string): Promise<string | null> {
  if (process.platform === 'win32')
    return [folder, realpathSync.native(folder)].some(isUncPath) ? 'share' : null;
  if (process.platform !== 'linux') return null;
  const { type } = await statfs(folder);
  return isNetworkMagic(type) ? `type ${(type >>> 0).toString(16)}` : null;
}
