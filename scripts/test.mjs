// `npm test`: sets up, checks, runs every test and closes with one line, `N passed, N failed`.
// `npm run test:unit`, `test:e2e`, `test:package`, `test:long` and `test:faults` run one part; `test:packaged` runs the stories of
// test:e2e on the packaged program. Further arguments go to vitest.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildApp } from './build.mjs';
import { check } from './check.mjs';
import { makePackages, packagedProgram } from './package.mjs';
import { inRoot, localCacheDir, readJson } from './paths.mjs';
import { findProgram, runForeground } from './processes.mjs';
import { runMain, say } from './say.mjs';
import { setUp } from './setup.mjs';

const vitest = inRoot('node_modules/vitest/vitest.mjs');

/** Adds up what the runs report. A part that fails without naming a test counts as one failure. */
class Tally {
  passed = 0;
  failed = 0;
  /** One line a failure, told last: whoever has only the end of the output still sees what is wrong. */
  failures = [];

  add(passed, failed, failures = []) {
    this.passed += passed;
    this.failed += failed;
    this.failures.push(...failures);
  }

  close() {
    for (const failure of this.failures) say(failure);
    console.log(`${this.passed} passed, ${this.failed} failed`);
  }
}

/** @param file one of a JSON report's `testResults` */
function failuresOf({ name, status, message, assertionResults = [] }) {
  const file = path.relative(inRoot(), name);
  const tests = assertionResults.filter((test) => test.status === 'failed');
  if (tests.length === 0) return status === 'failed' ? [`failed: ${file}: ${firstLine(message)}`] : [];
  return tests.map((test) => `failed: ${file}: ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`);
}

const firstLine = (text = '') => text.split('\n')[0].slice(0, 300);

async function runVitest(project, tally, { more = [], env = {} } = {}) {
  const report = path.join(localCacheDir, `test-${project}-${process.pid}.json`);
  mkdirSync(localCacheDir, { recursive: true });
  const args = [
    ...[vitest, 'run', '--project', project, '--passWithNoTests'],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ...more,
  ];
  // Threads and programs that tests start read TypeScript themselves: compiled once for all of them, in a third of the time.
  const compiled = { NODE_COMPILE_CACHE: path.join(localCacheDir, 'compiled') };
  const code = await runForeground(process.execPath, args, {
    cwd: inRoot(),
    env: { ...process.env, ...compiled, ...env },
  });
  const { numPassedTests = 0, numFailedTests = 0, testResults = [] } = readJson(report) ?? {};
  rmSync(report, { force: true });
  tally.add(numPassedTests, numFailedTests || (code === 0 ? 0 : 1), testResults.flatMap(failuresOf));
}

async function runCheck(tally) {
  const { passed, failed } = await check();
  tally.add(
    passed,
    failed.length,
    failed.map((step) => `check failed: ${step}`),
  );
}

async function buildFor(tally) {
  try {
    await buildApp();
    tally.add(1, 0);
    return true;
  } catch (error) {
    tally.add(0, 1, [`the build failed: ${firstLine(error.message)}`]);
    return false;
  }
}

async function runEndToEnd(tally, electron, more, project = 'e2e') {
  if (!(await buildFor(tally))) return;
  const env = {
    DAYBOOK_ELECTRON_EXECUTABLE: electron.executable,
    DAYBOOK_ELECTRON_VERSION: electron.version,
  };
  await runVitest(project, tally, { more, env });
}

const packagesDir = path.join(localCacheDir, 'packages');

/** Packages for the tests, quickly compressed. */
async function packFor(tally, electron, formats) {
  if (!(await buildFor(tally))) return null;
  rmSync(packagesDir, { recursive: true, force: true });
  const more = [`-c.directories.output=${packagesDir}`, '-c.deb.compression=gz'];
  makePackages({ electron, formats, more });
  return { DAYBOOK_PACKAGES: packagesDir, DAYBOOK_PROGRAM: packagedProgram(packagesDir) };
}

async function runPackage(tally, electron, more) {
  const formats = findProgram('dpkg-deb') ? ['dir', 'deb'] : ['dir'];
  const env = await packFor(tally, electron, formats);
  if (env) await runVitest('package', tally, { more, env });
}

async function runPackaged(tally, electron, more) {
  const env = await packFor(tally, electron, ['dir']);
  if (env) await runVitest('e2e', tally, { more, env });
}

async function main() {
  const done = await setUp('test');
  if ('exitCode' in done) return done.exitCode;
  const [part = 'all', ...more] = process.argv.slice(2);
  const tally = new Tally();
  if (part === 'all') await runCheck(tally);
  if (part === 'all' || part === 'unit') await runVitest('unit', tally, { more });
  if (part === 'all' || part === 'e2e') await runEndToEnd(tally, done.electron, more);
  if (part === 'all' || part === 'package') await runPackage(tally, done.electron, more);
  if (part === 'packaged') await runPackaged(tally, done.electron, more);
  if (part === 'long') await runVitest('long', tally, { more });
  if (part === 'faults') await runVitest('faults', tally, { more });
  if (part === 'faults') await runEndToEnd(tally, done.electron, more, 'faults-e2e');
  if (tally.passed + tally.failed === 0) say('no test ran');
  tally.close();
  return tally.failed > 0 || tally.passed === 0 ? 1 : 0;
}

await runMain(main);
