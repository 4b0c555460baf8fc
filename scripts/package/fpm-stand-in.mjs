#!/usr/bin/env node
// Stands in for fpm, which electron-builder downloads, on machines that cannot: makes a .deb with dpkg-deb alone.
// Understands just the arguments electron-builder gives for a .deb.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const FLAGS = new Set(['--force', '--debug', '--deb-no-default-config-files']);
const SHORT = { '-s': 'source', '-t': 'target', '-d': 'depends' };
const LISTS = new Set(['depends', 'deb-recommends']);

/** Options by their long names, and what goes into the package as `from=to`. */
function read(args) {
  const options = { depends: [], 'deb-recommends': [] };
  const contents = [];
  const rest = args.filter((each) => !FLAGS.has(each));
  while (rest.length > 0) {
    const word = rest.shift();
    if (!word.startsWith('-')) {
      contents.push(word);
      continue;
    }
    const [, long, given] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    const name = long ?? SHORT[word];
    const value = given ?? rest.shift();
    if (LISTS.has(name)) options[name].push(value);
    else options[name] = value;
  }
  return { options, contents };
}

function lay(root, contents) {
  for (const item of contents) {
    const split = item.lastIndexOf('=');
    const from = item.slice(0, split);
    const to = path.join(root, item.slice(split + 1));
    const isFolder = from.endsWith('/');
    mkdirSync(isFolder ? to : path.dirname(to), { recursive: true });
    execFileSync('cp', ['-a', isFolder ? `${from}.` : from, to]);
    if (!isFolder) chmodSync(to, 0o644);
  }
  // Whatever the umask here, everybody may read the program and nobody but root change it.
  execFileSync('chmod', ['-R', 'a+rX,go-w', root]);
  chmodSync(root, 0o755);
}

/** First line, then each line indented, an empty one as a dot. */
function description(text, name) {
  const [first, ...more] = text.trim().split('\n');
  return [first || name, ...more.map((line) => ` ${line.trim() || '.'}`)].join('\n');
}

function control(options, installedKilobytes) {
  const fields = {
    Package: options.name,
    Version: options.iteration ? `${options.version}-${options.iteration}` : options.version,
    Architecture: options.architecture,
    Maintainer: options.maintainer,
    'Installed-Size': installedKilobytes,
    Depends: options.depends.join(', '),
    Recommends: options['deb-recommends'].join(', '),
    Section: options.category,
    Priority: options['deb-priority'],
    Homepage: options.url,
    Description: description(options.description, options.name),
  };
  const filled = Object.entries(fields).filter(([, value]) => value);
  return filled.map(([name, value]) => `${name}: ${value}\n`).join('');
}

function makeDeb({ options, contents }) {
  const root = mkdtempSync(path.join(os.tmpdir(), 'daybook-deb-'));
  try {
    lay(root, contents);
    const size = execFileSync('du', ['-sk', '--apparent-size', root], { encoding: 'utf8' }).split('\t')[0];
    const debian = path.join(root, 'DEBIAN');
    mkdirSync(debian, { mode: 0o755 });
    writeFileSync(path.join(debian, 'control'), control(options, size), { mode: 0o644 });
    for (const [option, script] of [
      ['after-install', 'postinst'],
      ['after-remove', 'postrm'],
    ]) {
      if (!options[option]) continue;
      copyFileSync(options[option], path.join(debian, script));
      chmodSync(path.join(debian, script), 0o755);
    }
    const compression = options['deb-compression'] === 'gz' ? '-Zgzip' : '-Zxz';
    execFileSync('dpkg-deb', ['--root-owner-group', compression, '-z1', '--build', root, options.package], {
      stdio: 'inherit',
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const args = process.argv.slice(2);
if (args.includes('--version') && args.length === 1) {
  console.log('1.17.0');
} else {
  const request = read(args);
  if (request.options.target === 'deb') makeDeb(request);
  else {
    console.error(`this stand-in for fpm makes .deb packages only, not ${request.options.target}`);
    process.exitCode = 1;
  }
}
