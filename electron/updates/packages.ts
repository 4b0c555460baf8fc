import { compareVersions, readVersion, type Version } from './version.ts';

export type Format = 'deb' | 'rpm' | 'AppImage' | 'exe' | 'dmg' | 'zip';

/** What the name of a package says of it; electron-builder.yml decides these names. */
export interface PackageName {
  readonly file: string;
  readonly format: Format;
  /** As Node says it. */
  readonly arch: string;
  readonly version: string;
}

/** This computer and how Daybook came onto it. */
export interface Installation {
  readonly version: string;
  readonly arch: string;
  /** What it could be replaced by, the best first. */
  readonly formats: readonly Format[];
}

const archNames: Readonly<Record<string, string>> = {
  amd64: 'x64',
  x86_64: 'x64',
  aarch64: 'arm64',
};

/** The version and, where the format names it, the architecture. */
const patterns: { readonly [format in Format]: RegExp } = {
  deb: /^daybook_([^_]+)_([a-z0-9]+)\.deb$/,
  rpm: /^daybook-(.+)\.(x86_64|aarch64|i686|armv7l)\.rpm$/,
  AppImage: /^Daybook-(.+?)(?:-(x86_64|arm64|armv7l|i386))?\.AppImage$/,
  exe: /^Daybook-Setup-(.+?)-(x64|arm64|ia32)\.exe$/,
  dmg: /^Daybook-(.+?)(?:-(arm64|universal))?\.dmg$/,
  zip: /^Daybook-(.+?)(?:-(arm64|universal))?-mac\.zip$/,
};
const formats = Object.keys(patterns) as Format[];

/** @returns null for files that are no packages of Daybook, and for packages made for testing only */
export function readPackageName(file: string): PackageName | null {
  for (const format of formats) {
    const [, version, arch = 'x64'] = patterns[format].exec(file) ?? [];
    if (version !== undefined && readVersion(version))
      return { file, format, arch: archNames[arch] ?? arch, version };
  }
  return null;
}

const versionOf = (text: string): Version => readVersion(text) ?? { numbers: [0, 0, 0], preRelease: [] };

/** What a folder has for this computer; `other` is a newer package that is not for it. */
export type Choice =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'other'; readonly file: string }
  | { readonly kind: 'newer'; readonly found: PackageName };

/** Chooses the newest package that is newer than what runs, and of two formats the better one. */
export function choosePackage(names: readonly string[], here: Installation): Choice {
  const running = versionOf(here.version);
  const newer = names
    .flatMap((name) => readPackageName(name) ?? [])
    .filter(({ version }) => compareVersions(versionOf(version), running) > 0)
    .sort((one, other) => compareVersions(versionOf(other.version), versionOf(one.version)));
  const rank = ({ format }: PackageName): number => here.formats.indexOf(format);
  const [best] = newer
    .filter((each) => each.arch === here.arch && here.formats.includes(each.format))
    .sort(
      (one, other) =>
        compareVersions(versionOf(other.version), versionOf(one.version)) || rank(one) - rank(other),
    );
  if (best) return { kind: 'newer', found: best };
  return newer[0] ? { kind: 'other', file: newer[0].file } : { kind: 'nothing' };
}
