// electron-builder's step after packing: takes away what only developers need.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

export const wantedFuses = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true, // has no effect on Linux
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false, // from Electron 29 on
};

/** The packed program whose bytes hold the fuses. */
function programIn({ appOutDir, electronPlatformName, packager }) {
  const name = packager.appInfo.productFilename;
  if (electronPlatformName === 'darwin') return path.join(appOutDir, `${name}.app`);
  if (electronPlatformName === 'win32') return path.join(appOutDir, `${name}.exe`);
  return path.join(appOutDir, packager.executableName);
}

/** A runtime older than a fuse does not have it, and writing past its end breaks the program: it is left out. */
async function setFuses(context) {
  const program = programIn(context);
  const present = await getCurrentFuseWire(program);
  const fuses = Object.fromEntries(Object.entries(wantedFuses).filter(([fuse]) => fuse in present));
  await flipFuses(program, {
    version: FuseVersion.V1,
    // An Apple processor refuses changed programs that nobody signed; a real signature replaces this one.
    resetAdHocDarwinSignature: process.platform === 'darwin' && context.electronPlatformName === 'darwin',
    ...fuses,
  });
}

/** What a bare runtime opens when it finds no program. */
function removeDefaultApp({ appOutDir, packager }) {
  rmSync(path.join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
}

export default async function afterPack(context) {
  removeDefaultApp(context);
  await setFuses(context);
}
