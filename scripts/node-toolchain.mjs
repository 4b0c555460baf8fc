// Node 24 and the installed packages: what every other step stands on. Runs on Node 18 and newer.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot, platformKey } from './paths.mjs';
import { npm, runForeground } from './processes.mjs';
import { once } from './once.mjs';
import { Stop, say } from './say.mjs';

const NODE_VERSION = '24.21.0';
const MIN_MAJOR = 24;
const nodePackage = `node-${process.platform === 'win32' ? `win-${process.arch}` : platformKey}`;
const privateNodeDir = inRoot('.tools', 'node_modules', nodePackage, 'bin');
const privateNode = path.join(privateNodeDir, process.platform === 'win32' ? 'node.exe' : 'node');

const major = Number(process.versions.node.split('.')[0]);

/** Makes sure that Node is new enough. */
async function ensureNode() {
  await once(
    'node',
    () => existsSync(privateNode),
    () => {
      say(
        `Node ${process.versions.node} is older than ${MIN_MAJOR}: fetching Node ${NODE_VERSION} from npm into .tools`,
      );
      try {
        npm([
          'install',
          '--prefix',
          inRoot('.tools'),
          '--no-save',
          '--no-package-lock',
          `${nodePackage}@${NODE_VERSION}`,
        ]);
      } catch {
        throw new Stop(
          `Node ${MIN_MAJOR} or newer is needed and npm has none for ${platformKey}: please install it`,
        );
      }
    },
  );
}

/**
 * On an old Node: runs this same script again on the private one and answers its exit code.
 * On a new one: answers null, and the script goes on.
 */
export async function ensureToolchain() {
  if (major < MIN_MAJOR) {
    await ensureNode();
    const env = { ...process.env, PATH: `${privateNodeDir}${path.delimiter}${process.env.PATH ?? ''}` };
    return runForeground(privateNode, process.argv.slice(1), { env });
  }
  await ensurePackages();
  return null;
}

const stampPath = inRoot('node_modules', '.daybook-installed');
const lockDigest = () =>
  createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .digest('hex');
const wanted = () => `${platformKey} ${lockDigest()}\n`;
const packagesAreCurrent = () => existsSync(stampPath) && readFileSync(stampPath, 'utf8') === wanted();

async function ensurePackages() {
  await once('packages', packagesAreCurrent, () => {
    say('installing packages (npm ci)');
    npm(['ci', '--no-audit', '--no-fund'], { cwd: inRoot() });
    writeFileSync(stampPath, wanted());
  });
}
