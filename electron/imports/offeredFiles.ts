import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../contract/failure.ts';

export interface OfferedFile {
  readonly handle: string;
  /** Without folders. */
  readonly name: string;
  readonly bytes: number;
}

interface Kept {
  readonly path: string;
  readonly actor: string;
}

/** Handles kept; the oldest are forgotten first. */
const most = 100;

/**
 * Files a person chose or dropped. The window only ever holds handles, which it cannot make up, and a handle works
 * only for the user who got it.
 */
export class OfferedFiles {
  readonly #kept = new Map<string, Kept>();

  /** @throws Failure NOT_FOUND unless the path leads to an ordinary file */
  async offer(filePath: string, actor: string): Promise<OfferedFile> {
    const found =
      path.isAbsolute(filePath) && !filePath.includes('\0') ? await stat(filePath).catch(() => null) : null;
    if (!found?.isFile()) throw new Failure('NOT_FOUND', 'file');
    const handle = randomBytes(16).toString('hex');
    this.#kept.set(handle, { path: filePath, actor });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > most && oldest !== undefined) this.#kept.delete(oldest);
    return { handle, name: path.basename(filePath), bytes: found.size };
  }

  /** @throws Failure NOT_FOUND when the handle is not this user's */
  path(handle: string, actor: string): string {
    const kept = this.#kept.get(handle);
    if (kept?.actor !== actor) throw new Failure('NOT_FOUND', 'file');
    return kept.path;
  }
}
