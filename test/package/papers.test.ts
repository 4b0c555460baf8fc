import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeChecksums } from '../../scripts/package/checksums.mjs';
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
});
