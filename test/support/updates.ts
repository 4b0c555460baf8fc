import { fork } from 'node:child_process';
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Installer } from '../../electron/updates/installer.ts';
import type { LookMessage, LookProcess } from '../../electron/updates/lookout.ts';
import { projectRoot } from './projectRoot.ts';

/** The process the program starts, started by Node: the same file, unbuilt. */
export function startLook(file = path.join(projectRoot, 'electron/updates/lookout.worker.ts')): LookProcess {
  const child = fork(file, [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return {
    send: (request) => void child.send(request),
    onMessage: (listen) =>
      void child.on('message', (message) => {
        listen(message as LookMessage);
      }),
    onEnd: (listen) => void child.once('exit', listen),
    end: () => void child.kill('SIGKILL'),
  };
}

/** Notes what would be started, and what lay there at that moment. */
export class RecordingInstaller implements Installer {
  readonly did: string[] = [];
  readonly opened: { readonly file: string; readonly content: string }[] = [];
  installs = true;
  refusesToOpen = false;

  canInstall(): Promise<boolean> {
    return Promise.resolve(this.installs);
  }
  open(file: string): Promise<void> {
    if (this.refusesToOpen) return Promise.reject(new Error('there is no such program'));
    this.did.push(`open ${path.basename(file)}`);
    this.opened.push({ file, content: readFileSync(file, 'utf8') });
    return Promise.resolve();
  }
  show(file: string): void {
    this.did.push(`show ${path.basename(file)}`);
  }
  quit(): void {
    this.did.push('quit');
  }
}

export const sha256 = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex');

/** Puts a package and a line for it into a folder, as a release would. */
export function putPackage(folder: string, file: string, content = `package ${file}`): void {
  writeFileSync(path.join(folder, file), content);
  writeFileSync(path.join(folder, 'SHA256SUMS'), `${sha256(content)}  ${file}\n`, { flag: 'a' });
}

export interface Keys {
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}
export function newKeys(): Keys {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'), privateKey };
}

export function signList(folder: string, { privateKey }: Keys, list = 'SHA256SUMS'): void {
  const signature = sign(null, readFileSync(path.join(folder, list)), privateKey);
  writeFileSync(path.join(folder, `${list}.sig`), `${signature.toString('base64')}\n`);
}
