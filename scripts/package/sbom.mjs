// Writes the software bill of materials (CycloneDX) into dist/: the npm packages that are bundled, as npm knows them,
// and what npm does not know of, the runtime and the engine.
import { readFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { REDIS_VERSION } from '../build-redis.mjs';
import { inRoot, packageJson, platformKey } from '../paths.mjs';
import { npmCommand, tryRun } from '../processes.mjs';
import { Stop, runMain } from '../say.mjs';

const licences = (...ids) => ids.map((id) => ({ license: { id } }));

function component(name, version, licence, more = {}) {
  const { type = 'library', purl = `pkg:generic/${name}@${version}` } = more;
  const ref = `${name}@${version}`;
  return {
    'bom-ref': ref,
    type,
    name,
    version,
    purl,
    scope: 'required',
    licenses: licences(licence),
    ...more,
  };
}

/** Redis is the published source with Debian's patches and two of ours on it: a scanner can see which holes are closed. */
function redis() {
  const patches = readFileSync(inRoot('resources', 'redis-patches', 'series'), 'utf8')
    .split('\n')
    .filter(Boolean);
  const pedigree = {
    patches: patches.map((name) =>
      name.startsWith('daybook-')
        ? { type: 'unofficial' }
        : {
            type: 'backport',
            resolves: [
              { type: 'security', name: /CVE-\d+-\d+/.exec(name)?.[0] ?? name.replace(/\.patch$/, '') },
            ],
          },
    ),
  };
  return component('redis', REDIS_VERSION, 'BSD-3-Clause', { type: 'application', pedigree });
}

function engine() {
  const system =
    {
      linux: [
        component('glibc', 'of-the-build-machine', 'LGPL-2.1-or-later'),
        ...(process.arch === 'x64' ? [component('jemalloc', '5.2.1', 'BSD-2-Clause')] : []),
      ],
    }[process.platform] ??
    (process.platform === 'win32'
      ? [component('msys2-runtime', 'of-the-build-machine', 'LGPL-3.0-or-later')]
      : []);
  return [redis(), component('lua', '5.1.5', 'MIT'), ...system];
}

const runtime = () => {
  const version = packageJson().devDependencies.electron;
  return component('electron', version, 'MIT', { type: 'framework', purl: `pkg:npm/electron@${version}` });
};

/** `npm sbom --omit dev` leaves out packages that developers' packages want as well, such as react. */
function withoutDevelopment(bill) {
  const isForDevelopment = ({ properties = [] }) =>
    properties.some(({ name }) => name === 'cdx:npm:package:development');
  const components = bill.components.filter((each) => !isForDevelopment(each));
  const kept = new Set([bill.metadata.component, ...components].map((each) => each['bom-ref']));
  const dependencies = bill.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => kept.has(each)) }));
  return { ...bill, components, dependencies };
}

/**
 * @returns {{ bomFormat: string, metadata: { component: { name: string, 'bom-ref': string } }, dependencies: { ref: string,
 *   dependsOn: string[] }[], components: { name: string, version: string, 'bom-ref': string,
 *   pedigree?: { patches: object[] } }[] }} the bill, as CycloneDX lays it down
 */
export function billOfMaterials() {
  const { command, args } = npmCommand();
  const text = tryRun(
    command,
    [...args, 'sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'],
    { cwd: inRoot(), shell: command.endsWith('.cmd') },
  );
  if (text === null) throw new Stop('npm could not list the packages (npm sbom)');
  const bill = withoutDevelopment(JSON.parse(text));
  bill.metadata.component.name = packageJson().name;
  const added = [runtime(), ...engine()];
  bill.components.push(...added);
  const own = bill.dependencies.find(({ ref }) => ref === bill.metadata.component['bom-ref']);
  own?.dependsOn.push(...added.map((each) => each['bom-ref']));
  return bill;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await runMain(() => {
    const { name, version } = packageJson();
    const target = inRoot('dist', `${name}-${version}-${platformKey}.cdx.json`);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, `${JSON.stringify(billOfMaterials(), null, 2)}\n`);
    console.log(target);
  });
