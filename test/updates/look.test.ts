import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { updateTroubleSentence, type UpdateTroubleReason } from '../../electron/contract/updateTrouble.ts';
import type { LookRequest } from '../../electron/updates/look.ts';
import { createLookout } from '../../electron/updates/lookout.ts';
import { LookTrouble } from '../../electron/updates/lookTrouble.ts';
import { fileNames, newFolder, removeFolders } from '../support/engine.ts';
import { newKeys, putPackage, sha256, signList, startLook } from '../support/updates.ts';

const deb = 'daybook_0.2.0_amd64.deb';
let request: LookRequest & { folder: string };
const inFolder = (file: string): string => path.join(request.folder, file);

beforeEach(() => {
  request = {
    folder: newFolder('daybook-updates-'),
    copies: path.join(newFolder(), 'updates'),
    here: { version: '0.1.0', arch: 'x64', formats: ['deb'] },
    lists: ['SHA256SUMS', 'SHA256SUMS-linux-x64.txt'],
    publicKey: null,
  };
});
afterEach(removeFolders);

/** Each look runs in a process of its own, as in the program. */
const look = (changes: Partial<LookRequest> = {}) =>
  createLookout(startLook).look({ ...request, ...changes });
const copies = (): string[] =>
  readdirSync(path.dirname(request.copies)).flatMap(() => {
    try {
      return fileNames(request.copies);
    } catch {
      return [];
    }
  });

/** The trouble of a look, which leaves nothing behind and is one sentence. */
async function trouble(changes: Partial<LookRequest> = {}): Promise<string> {
  const caught: unknown = await look(changes).catch((error: unknown) => error);
  if (!(caught instanceof LookTrouble)) throw new Error(`no trouble: ${JSON.stringify(caught)}`);
  expect(copies()).toEqual([]);
  expect(updateTroubleSentence(caught.trouble)).toMatch(/^[A-Za-z“][^\n]+\.$/);
  const { reason, file } = caught.trouble;
  return `${reason} ${file}`.trim();
}
const said = (reason: UpdateTroubleReason, file = ''): string => `${reason} ${file}`.trim();

describe('A look into the updates folder', () => {
  it('copies the newest package and proves the copy', async () => {
    putPackage(request.folder, 'daybook_0.1.5_amd64.deb');
    putPackage(request.folder, deb, 'the package');
    putPackage(request.folder, 'daybook_0.0.9_amd64.deb');
    expect(await look()).toEqual({
      ...{ file: deb, format: 'deb', arch: 'x64', version: '0.2.0' },
      ...{ bytes: 11, digest: sha256('the package') },
    });
    expect(copies()).toEqual([deb]);
    expect(readFileSync(path.join(request.copies, deb), 'utf8')).toBe('the package');
  });

  it('takes the checksums a release machine writes for one system', async () => {
    writeFileSync(inFolder(deb), 'the package');
    execFileSync('sh', ['-c', `sha256sum ${deb} > SHA256SUMS-linux-x64.txt`], { cwd: request.folder });
    expect(await look()).toMatchObject({ file: deb });
  });

  it('keeps one copy, makes a damaged one anew, and none when nothing newer is there', async () => {
    putPackage(request.folder, deb, 'the package');
    await look();
    writeFileSync(path.join(request.copies, deb), 'swapped');
    await look();
    expect(readFileSync(path.join(request.copies, deb), 'utf8')).toBe('the package');
    putPackage(request.folder, 'daybook_0.3.0_amd64.deb');
    await look();
    expect(copies()).toEqual(['daybook_0.3.0_amd64.deb']);
    expect(await look({ here: { ...request.here, version: '0.3.0' } })).toBeNull();
    expect(copies()).toEqual([]);
  });

  it('finds nothing in an empty folder, nor among older packages and other files', async () => {
    expect(await look()).toBeNull();
    putPackage(request.folder, 'daybook_0.1.0_amd64.deb');
    writeFileSync(inFolder('daybook_0.9.0_amd64_for-testing.deb'), 'for testing');
    writeFileSync(inFolder('holiday.jpg'), 'picture');
    expect(await look()).toBeNull();
  });

  it('changes nothing in the folder', async () => {
    putPackage(request.folder, deb);
    const before = fileNames(request.folder).map((name) => [name, readFileSync(inFolder(name), 'utf8')]);
    chmodSync(request.folder, 0o555);
    await look();
    chmodSync(request.folder, 0o755);
    expect(fileNames(request.folder).map((name) => [name, readFileSync(inFolder(name), 'utf8')])).toEqual(
      before,
    );
  });
});

describe('A look that is refused', () => {
  it('a folder that is gone, or is none', async () => {
    expect(await trouble({ folder: inFolder('gone') })).toBe(said('missing'));
    writeFileSync(inFolder('file'), '');
    expect(await trouble({ folder: inFolder('file') })).toBe(said('missing'));
  });

  it.skipIf(process.getuid?.() === 0)('a folder nobody may read', async () => {
    chmodSync(request.folder, 0o000);
    expect(await trouble()).toBe(said('unreadable'));
    chmodSync(request.folder, 0o755);
  });

  it('a folder whose name the system refuses', async () => {
    expect(await trouble({ folder: inFolder('x'.repeat(300)) })).toBe(said('unreadable'));
  });

  it('packages for other computers and installations', async () => {
    putPackage(request.folder, 'daybook_0.2.0_arm64.deb');
    expect(await trouble()).toBe(said('otherSystem', 'daybook_0.2.0_arm64.deb'));
    rmSync(inFolder('daybook_0.2.0_arm64.deb'));
    putPackage(request.folder, 'Daybook-0.2.0.AppImage');
    expect(await trouble()).toBe(said('otherSystem', 'Daybook-0.2.0.AppImage'));
  });

  it('checksums that are missing, empty, cut off, too long, nonsense, or against each other', async () => {
    writeFileSync(inFolder(deb), 'the package');
    expect(await trouble()).toBe(said('noList', deb));
    const right = `${sha256('the package')}  ${deb}\n`;
    for (const bad of [
      '',
      right.slice(0, 40),
      right.trimEnd(),
      `${right}and more\n`,
      right.toUpperCase(),
      'x'.repeat(2_000_000),
    ]) {
      writeFileSync(inFolder('SHA256SUMS'), bad);
      expect(await trouble(), bad.slice(0, 100)).toBe(said('badList', 'SHA256SUMS'));
    }
    writeFileSync(inFolder('SHA256SUMS'), `${right}${sha256('another')}  ${deb}\n`);
    expect(await trouble()).toBe(said('badList', 'SHA256SUMS'));
    writeFileSync(inFolder('SHA256SUMS'), right);
    writeFileSync(inFolder('SHA256SUMS-linux-x64.txt'), `${sha256('another')}  ${deb}\n`);
    expect(await trouble()).toBe(said('badList', 'SHA256SUMS-linux-x64.txt'));
  });

  it('a package the checksums do not mention', async () => {
    putPackage(request.folder, 'daybook_0.1.0_amd64.deb');
    writeFileSync(inFolder(deb), 'the package');
    expect(await trouble()).toBe(said('unlisted', deb));
  });

  it('a package that is changed by a letter, half copied, or empty', async () => {
    putPackage(request.folder, deb, 'x'.repeat(3_000_000));
    const whole = readFileSync(inFolder(deb));
    writeFileSync(inFolder(deb), Buffer.concat([whole.subarray(0, -1), Buffer.from('y')]));
    expect(await trouble()).toBe(said('checksum', deb));
    for (const bytes of [1_500_000, 0]) {
      writeFileSync(inFolder(deb), whole);
      truncateSync(inFolder(deb), bytes);
      expect(await trouble()).toBe(said('checksum', deb));
    }
    writeFileSync(inFolder(deb), whole);
    expect(await look()).toMatchObject({ bytes: 3_000_000 });
  });

  it('does not fall back to an older package that would do', async () => {
    putPackage(request.folder, 'daybook_0.1.5_amd64.deb');
    putPackage(request.folder, deb);
    writeFileSync(inFolder(deb), 'swapped');
    expect(await trouble()).toBe(said('checksum', deb));
  });

  it.skipIf(process.platform === 'win32')('links, folders and pipes in the place of files', async () => {
    const elsewhere = path.join(newFolder(), deb);
    writeFileSync(elsewhere, 'the package');
    putPackage(request.folder, deb, 'the package');
    rmSync(inFolder(deb));
    symlinkSync(elsewhere, inFolder(deb));
    expect(await trouble()).toBe(said('link', deb));
    rmSync(inFolder(deb));
    mkdirSync(inFolder(deb));
    expect(await trouble()).toBe(said('link', deb));
    rmSync(inFolder(deb), { recursive: true });
    execFileSync('mkfifo', [inFolder(deb)]);
    expect(await trouble()).toBe(said('link', deb));
    rmSync(inFolder(deb));
    writeFileSync(inFolder(deb), 'the package');
    const list = path.join(newFolder(), 'SHA256SUMS');
    writeFileSync(list, readFileSync(inFolder('SHA256SUMS')));
    rmSync(inFolder('SHA256SUMS'));
    symlinkSync(list, inFolder('SHA256SUMS'));
    expect(await trouble()).toBe(said('link', 'SHA256SUMS'));
  });

  it('a place to copy to that is none', async () => {
    putPackage(request.folder, deb);
    const file = path.join(newFolder(), 'file');
    writeFileSync(file, '');
    expect(await trouble({ copies: path.join(file, 'updates') })).toBe(said('notCopied', deb));
  });
});

describe('With a key built in', () => {
  const ours = newKeys();

  it('only what was signed by it is taken', async () => {
    const withKey = { publicKey: ours.publicKey };
    putPackage(request.folder, deb);
    expect(await trouble(withKey)).toBe(said('unsigned', 'SHA256SUMS'));
    for (const nonsense of ['', 'nonsense', 'A'.repeat(88), '\0']) {
      writeFileSync(inFolder('SHA256SUMS.sig'), nonsense);
      expect(await trouble(withKey), nonsense).toBe(said('badSignature', 'SHA256SUMS'));
    }
    signList(request.folder, newKeys());
    expect(await trouble(withKey)).toBe(said('badSignature', 'SHA256SUMS'));
    signList(request.folder, ours);
    expect(await look(withKey)).toMatchObject({ file: deb });
  });

  it('checksums that were changed after signing are refused, whatever they say', async () => {
    putPackage(request.folder, deb);
    signList(request.folder, ours);
    putPackage(request.folder, 'daybook_0.3.0_amd64.deb');
    expect(await trouble({ publicKey: ours.publicKey })).toBe(said('badSignature', 'SHA256SUMS'));
  });

  it('a second list without a signature is not believed beside the signed one', async () => {
    putPackage(request.folder, deb);
    signList(request.folder, ours);
    writeFileSync(inFolder('SHA256SUMS-linux-x64.txt'), readFileSync(inFolder('SHA256SUMS')));
    expect(await trouble({ publicKey: ours.publicKey })).toBe(said('unsigned', 'SHA256SUMS-linux-x64.txt'));
  });
});

describe('A share that does not answer', () => {
  it('is given up after a while, and its process is gone', async () => {
    const stuck = path.join(newFolder(), 'stuck.mjs');
    // Hangs as a call on a dead share does: nothing inside the process can end it.
    writeFileSync(
      stuck,
      `process.on('message', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));`,
    );
    let ended: Promise<void> = Promise.resolve();
    const lookout = createLookout(() => {
      const process = startLook(stuck);
      ended = new Promise((resolve) => {
        process.onEnd(resolve);
      });
      return process;
    }, 300);
    const began = performance.now();
    await expect(lookout.look(request)).rejects.toThrow('slow');
    expect(performance.now() - began).toBeLessThan(10_000);
    await ended;
  });

  it('is waited for as long as it says something now and then', async () => {
    const slow = path.join(newFolder(), 'slow.mjs');
    writeFileSync(
      slow,
      `process.on('message', () => {
        for (const at of [1000, 2000, 3000, 4000]) setTimeout(() => process.send({ kind: 'alive' }), at);
        setTimeout(() => process.send({ kind: 'done', found: null }), 5000);
      });`,
    );
    // Longer than a process takes to start on a busy machine, shorter than all of it together.
    expect(await createLookout(() => startLook(slow), 2_500).look(request)).toBeNull();
  });

  it('or whose process fell over is a folder that cannot be read', async () => {
    const broken = path.join(newFolder(), 'broken.mjs');
    writeFileSync(broken, `process.on('message', () => process.exit(3));`);
    await expect(createLookout(() => startLook(broken)).look(request)).rejects.toThrow('unreadable');
  });
});
