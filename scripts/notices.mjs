// Writes THIRD-PARTY-NOTICES.md: the licences of everything that ships inside the program. `--check` only says
// whether the committed file is still right.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { REDIS_VERSION } from './build-redis.mjs';
import { ensureToolchain } from './node-toolchain.mjs';
import { inRoot, packageJson, readJson } from './paths.mjs';
import { Stop, runMain, say } from './say.mjs';

const target = inRoot('THIRD-PARTY-NOTICES.md');

/** Every installed package that our dependencies lead to; all of them may end up in the bundle. */
function bundledPackages() {
  const lock = readJson(inRoot('package-lock.json')).packages;
  const found = new Map();
  const visit = (name, from) => {
    // As Node looks it up: the nearest node_modules first.
    for (let folder = from; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
      const place = `${folder ? `${folder}/` : ''}node_modules/${name}`;
      if (lock[place]) {
        if (found.has(place) || !existsSync(inRoot(place))) return;
        found.set(place, { name, version: lock[place].version, folder: inRoot(place) });
        Object.keys(lock[place].dependencies ?? {}).forEach((each) => visit(each, place));
        return;
      }
      if (!folder) return;
    }
  };
  Object.keys(packageJson().dependencies).forEach((name) => visit(name, ''));
  return [...found.values()].filter(({ name }) => !name.startsWith('@types/') && name !== 'csstype');
}

function licenceText(folder) {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)([.-]|$)/i.test(name));
  return file ? readFileSync(path.join(folder, file), 'utf8').trim() : null;
}

function packageSection({ name, version, folder }) {
  const about = readJson(path.join(folder, 'package.json'));
  const licence =
    typeof about.license === 'string' ? about.license : (about.license?.type ?? 'see its own files');
  const author = typeof about.author === 'string' ? about.author : about.author?.name;
  const text = licenceText(folder) ?? `Copyright ${author ?? `the authors of ${name}`}. Licence: ${licence}.`;
  return section(`${name} ${version}`, licence, text);
}

const section = (title, licence, text) =>
  `## ${title}\n\nLicence: ${licence}\n\n~~~text\n${text.replace(/\r\n/g, '\n')}\n~~~\n`;

const withNoEndorsement = `
* Neither the name of Redis nor the names of its contributors may be used to endorse or promote products derived from
  this software without specific prior written permission.`;

const bsd = (holders, lastClause) => `${holders}

Redistribution and use in source and binary forms, with or without modification, are permitted provided that the
following conditions are met:

* Redistributions of source code must retain the above copyright notice, this list of conditions and the following
  disclaimer.
* Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following
  disclaimer in the documentation and/or other materials provided with the distribution.${lastClause}

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES,
INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT OWNER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL,
SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY,
WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.`;

const bsd3 = (holders) => bsd(holders, withNoEndorsement);
const bsd2 = (holders) => bsd(holders, '');

const mit = (holders) => `${holders}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions: The above copyright notice
and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** What is compiled into redis-server: Redis, its parts by other authors, and the libraries in its deps folder. */
function engineSections() {
  const redis = [
    'Copyright (c) 2006-2020, Salvatore Sanfilippo',
    'Copyright (c) 2009-2012, Pieter Noordhuis <pcnoordhuis at gmail dot com>',
    'Copyright (c) 2020-2024, Redis Ltd. and the contributors to Redis',
    'Copyright (c) 2014-2015, Matt Stancliff, yinqiwen, Oran Agra and others named in its files',
    'mt19937-64.c: Copyright (C) 2004, Makoto Matsumoto and Takuji Nishimura',
    'setproctitle.c: Copyright (c) 2010 William Ahern, 2013 Salvatore Sanfilippo, 2013 Stam He (MIT)',
    'pqsort.c: Copyright (c) 1992, 1993 The Regents of the University of California',
    'lzf_c.c, lzf_d.c: Copyright (c) 2000-2007 Marc Alexander Lehmann (BSD-2-Clause)',
    'ae_kqueue.c: Copyright (c) 2009 Harish Mallipeddi; ae_evport.c: Copyright (c) 2012 Joyent, Inc.',
  ].join('\n');
  const security =
    'With the security patches of Debian 12 (see resources/redis-patches/ORIGIN.md in the source), under the same licence.';
  return [
    section(`Redis ${REDIS_VERSION}`, 'BSD-3-Clause', `${security}\n\n${bsd3(redis)}`),
    section(
      'hiredis and linenoise (inside Redis)',
      'BSD-3-Clause and BSD-2-Clause',
      bsd3(
        'Copyright (c) 2009-2011, Salvatore Sanfilippo <antirez at gmail dot com>\nCopyright (c) 2010-2014, Pieter Noordhuis <pcnoordhuis at gmail dot com>',
      ),
    ),
    section(
      'jemalloc (inside Redis, in the Linux engine)',
      'BSD-2-Clause',
      bsd2(
        'Copyright (C) 2002-present Jason Evans <jasone@canonware.com>.\nCopyright (C) 2007-2012 Mozilla Foundation.\nCopyright (C) 2009-present Facebook, Inc.',
      ),
    ),
    section('Lua 5.1 (inside Redis)', 'MIT', mit('Copyright (C) 1994-2012 Lua.org, PUC-Rio.')),
    section(
      'lua-cjson, lua-struct, lua-cmsgpack and Lua BitOp (inside Redis)',
      'MIT',
      mit(
        'Copyright (c) 2010-2012 Mark Pulford <mark@kyne.com.au>\nCopyright (C) 2010-2018 Lua.org, PUC-Rio (struct)\nCopyright (C) 2012 Salvatore Sanfilippo (cmsgpack)\nCopyright (C) 2008-2012 Mike Pall (BitOp)',
      ),
    ),
    section(
      'HdrHistogram_c (inside Redis)',
      'BSD-2-Clause or CC0',
      'Written by Gil Tene, Michael Barker, and Matt Warren, and released to the public domain, as explained at\nhttp://creativecommons.org/publicdomain/zero/1.0/',
    ),
    section(
      'GNU C Library (linked into the Linux engine)',
      'LGPL-2.1-or-later',
      'Copyright (C) the Free Software Foundation, Inc. The Linux builds of redis-server and daybook-launcher are linked\nstatically with the GNU C Library. Their complete source and build scripts are part of Daybook (scripts/build-redis.mjs,\nscripts/build-launcher.mjs, resources/launcher), so that they can be linked again with another version of it.',
    ),
  ];
}

function notices() {
  const packages = bundledPackages().sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    '# Third-party notices\n',
    'Daybook contains the software below. This file is written by `npm run notices`. Electron and Chromium come with',
    'their own `LICENSE` and `LICENSES.chromium.html` beside the program.\n',
    ...engineSections(),
    ...packages.map(packageSection),
  ].join('\n');
}

export function noticesAreCurrent() {
  return existsSync(target) && readFileSync(target, 'utf8') === notices();
}

async function main() {
  const code = await ensureToolchain();
  if (code !== null) return code;
  if (process.argv.includes('--check')) {
    if (!noticesAreCurrent()) throw new Stop('THIRD-PARTY-NOTICES.md is out of date: npm run notices');
    return 0;
  }
  writeFileSync(target, notices());
  say(`wrote ${path.basename(target)}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runMain(main);
