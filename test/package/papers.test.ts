import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isSigned, readChecksums } from '../../electron/updates/checksums.ts';
import { writeChecksums } from '../../scripts/package/checksums.mjs';
import { signFile } from '../../scripts/package/sign.mjs';
import { billOfMaterials } from '../../scripts/package/sbom.mjs';
import { projectRoot } from './packages.ts';

describe('What comes with the packages', () => {
  it('is a bill of all that ships: the bundled packages, the runtime and the engine with its patches', () => {
    const bill = billOfMaterials();
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'daybook' } } });
    const about = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
      devDependencies: Record<string, string>;
    };
    const listed = bill.components.map(({ name, version }) => `${name}@${version}`);
    const shipped = { ...about.dependencies, electron: about.devDependencies['electron'] ?? '' };
    for (const [name, version] of Object.entries(shipped)) expect(listed).toContain(`${name}@${version}`);
    for (const name of ['vite', 'eslint', 'vitest'])
      expect(bill.components.map((each) => each.name)).not.toContain(name);

    const redis = bill.components.find(({ name }) => name === 'redis');
    const series = readFileSync(path.join(projectRoot, 'resources/redis-patches/series'), 'utf8');
    expect(redis?.version).toBe('7.0.15');
    expect(redis?.pedigree?.patches).toHaveLength(series.trim().split('\n').length);
    expect(new Set(bill.components.map((each) => each['bom-ref'])).size).toBe(bill.components.length);
  });

  it('is a checksum of every package, which the usual tool confirms', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'daybook-checksums-'));
    try {
      writeFileSync(path.join(folder, 'daybook_1.0.0_amd64.deb'), 'a package');
      writeFileSync(path.join(folder, 'builder-debug.yml'), 'not handed out');
      const file = await writeChecksums(folder);
      expect(readFileSync(file, 'utf8')).toMatch(/^[0-9a-f]{64} {2}daybook_1\.0\.0_amd64\.deb\n$/);
      if (process.platform === 'linux')
        execFileSync('sha256sum', ['--check', '--quiet', file], { cwd: folder });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('has its checksums signed, and a program built with the other half of the key believes them', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'daybook-signature-'));
    try {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      const spki = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
      writeFileSync(path.join(folder, 'daybook_1.0.0_amd64.deb'), 'a package');
      const list = await writeChecksums(folder);
      const signed = signFile(list, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
      expect(signed).toBe(`${list}.sig`);
      const signature = readFileSync(signed, 'utf8');
      expect(isSigned(readFileSync(list), signature, spki)).toBe(true);
      expect(isSigned(Buffer.concat([readFileSync(list), Buffer.from('\n')]), signature, spki)).toBe(false);
      expect(readChecksums(readFileSync(list, 'utf8'))?.has('daybook_1.0.0_amd64.deb')).toBe(true);
      const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
      for (const wrong of ['', 'nonsense', rsa.export({ format: 'pem', type: 'pkcs8' }).toString()])
        expect(() => signFile(list, wrong)).toThrow('DAYBOOK_UPDATES_PRIVATE_KEY');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
