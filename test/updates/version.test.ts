import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choosePackage, readPackageName, type Installation } from '../../electron/updates/packages.ts';
import { compareVersions, readVersion } from '../../electron/updates/version.ts';

const compare = (one: string, other: string): number => {
  const [a, b] = [readVersion(one), readVersion(other)];
  if (!a || !b) throw new Error(`${one} or ${other} is no version`);
  return Math.sign(compareVersions(a, b));
};

describe('Versions', () => {
  it('stand in the order of the standard', () => {
    // The example of section 11 of Semantic Versioning, between two releases.
    const ordered = [
      ...['0.9.9', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2'],
      ...['1.0.0-beta.11', '1.0.0-rc.1', '1.0.0', '1.0.1', '1.1.0', '1.10.0', '2.0.0', '10.0.0'],
    ];
    for (const [at, one] of ordered.entries())
      for (const [against, other] of ordered.entries())
        expect(compare(one, other), `${one} and ${other}`).toBe(Math.sign(at - against));
  });

  it('are compared the same way round whatever they are', () => {
    const version = fc
      .tuple(
        fc.nat(20),
        fc.nat(20),
        fc.nat(20),
        fc.array(fc.constantFrom('0', '7', '11', 'a', 'rc', '-'), { maxLength: 3 }),
      )
      .map(
        ([a, b, c, pre]) =>
          `${String(a)}.${String(b)}.${String(c)}${pre.length > 0 ? `-${pre.join('.')}` : ''}`,
      );
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(compare(a, b)).toBe(0 - compare(b, a));
        expect(compare(a, b) === 0).toBe(a === b);
        if (compare(a, b) < 0 && compare(b, c) < 0) expect(compare(a, c)).toBe(-1);
      }),
    );
  });

  it.each([
    '',
    '1',
    '1.2',
    '1.2.3.4',
    'v1.2.3',
    '1.2.3-',
    '01.2.3',
    '1.2.3-01',
    '1.2.3 ',
    '1.2.3-ä',
    '1e3.0.0',
    '9999999999.0.0',
  ])('are nothing like “%s”', (text) => {
    expect(readVersion(text)).toBeNull();
  });
});

describe('The names of packages', () => {
  it.each([
    ['daybook_0.2.0_amd64.deb', 'deb', 'x64', '0.2.0'],
    ['daybook_0.2.0-beta.1_arm64.deb', 'deb', 'arm64', '0.2.0-beta.1'],
    ['daybook-0.2.0.x86_64.rpm', 'rpm', 'x64', '0.2.0'],
    ['daybook-0.2.0-rc.1.aarch64.rpm', 'rpm', 'arm64', '0.2.0-rc.1'],
    ['Daybook-0.2.0.AppImage', 'AppImage', 'x64', '0.2.0'],
    ['Daybook-0.2.0-arm64.AppImage', 'AppImage', 'arm64', '0.2.0'],
    ['Daybook-Setup-0.2.0-x64.exe', 'exe', 'x64', '0.2.0'],
    ['Daybook-0.2.0.dmg', 'dmg', 'x64', '0.2.0'],
    ['Daybook-0.2.0-beta.2-arm64.dmg', 'dmg', 'arm64', '0.2.0-beta.2'],
    ['Daybook-0.2.0-arm64-mac.zip', 'zip', 'arm64', '0.2.0'],
  ])('%s', (file, format, arch, version) => {
    expect(readPackageName(file)).toEqual({ file, format, arch, version });
  });

  it.each([
    'daybook_0.1.0_amd64_for-testing.deb',
    'daybook_two_amd64.deb',
    'other_0.2.0_amd64.deb',
    'daybook_0.2.0_amd64.deb.part',
    '../daybook_0.2.0_amd64.deb',
    'SHA256SUMS',
    'Daybook-0.2.0.exe',
  ])('do not look like %s', (file) => {
    expect(readPackageName(file)).toBeNull();
  });
});

describe('The choice', () => {
  const here: Installation = { version: '0.1.0', arch: 'x64', formats: ['deb', 'AppImage'] };

  it('is the newest for this computer, and of two formats the better', () => {
    const names = [
      ...['Daybook-0.10.0.AppImage', 'daybook_0.2.0_amd64.deb', 'daybook_0.10.0_amd64.deb', 'holiday.jpg'],
      ...['daybook_0.9.0_amd64.deb', 'daybook_0.11.0_arm64.deb', 'Daybook-Setup-0.12.0-x64.exe'],
    ];
    expect(choosePackage(names, here)).toMatchObject({
      kind: 'newer',
      found: { file: 'daybook_0.10.0_amd64.deb' },
    });
    expect(choosePackage(names, { ...here, formats: ['AppImage'] })).toMatchObject({
      found: { file: 'Daybook-0.10.0.AppImage' },
    });
  });

  it('is nothing where all is as old or older', () => {
    for (const file of ['daybook_0.1.0_amd64.deb', 'daybook_0.0.9_amd64.deb', 'daybook_0.1.0-rc.1_amd64.deb'])
      expect(choosePackage([file], here), file).toEqual({ kind: 'nothing' });
    expect(choosePackage([], here)).toEqual({ kind: 'nothing' });
  });

  it('says when what is newer is for others', () => {
    for (const file of [
      'daybook_0.2.0_arm64.deb',
      'Daybook-0.2.0-arm64.AppImage',
      'Daybook-Setup-0.2.0-x64.exe',
    ])
      expect(choosePackage([file, 'daybook_0.1.0_amd64.deb'], here), file).toEqual({ kind: 'other', file });
  });
});
