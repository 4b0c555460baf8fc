import type { Failure } from '../../contract/failure.ts';
import type { Log } from '../../log.ts';
import type { OfficeHost } from '../officeHost.ts';
import { whyNotMade } from './backupFailure.ts';
import type { BackupFolder } from './backupFolder.ts';
import { isDailyDue } from './keeping.ts';

export interface DailyBackupOptions {
  readonly office: OfficeHost;
  readonly folder: BackupFolder;
  /** Whether one is being made or restored. */
  readonly isBusy: () => boolean;
  /** @throws whatever went wrong */
  readonly make: () => Promise<unknown>;
  /** Called when one could not be made. */
  readonly onTrouble: () => void;
  readonly log: Log;
  readonly now: () => Date;
}

/** How often it is asked whether a day has begun: a computer that slept catches up soon. */
const tickMs = 60_000;
/** A backup that failed is tried again after this long. */
const againAfterMs = 60 * 60 * 1_000;

/** The backup that the office on screen gets once a day without being asked for. */
export class DailyBackup {
  readonly #options: DailyBackupOptions;
  #timer: NodeJS.Timeout | null = null;
  #failedAt = Number.NEGATIVE_INFINITY;
  /** With the folder of the office it is of. */
  #trouble: { readonly folder: string; readonly failure: Failure } | null = null;

  constructor(options: DailyBackupOptions) {
    this.#options = options;
  }

  /** Why the last one was not made; null when it was, or none was due yet. */
  trouble(): Failure | null {
    return this.#trouble?.folder === this.#options.office.folder ? this.#trouble.failure : null;
  }

  /** To be called when a backup was made, for whatever reason: there is no trouble any more. */
  noteMade(): void {
    this.#trouble = null;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.#makeWhenDue(), tickMs).unref();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  async #makeWhenDue(): Promise<void> {
    const { office, folder, isBusy, make, onTrouble, log } = this.#options;
    const state = office.state();
    if (state.state !== 'open' || !state.exists || office.isDemo || isBusy()) return;
    if (office.isReadOnlyCopy) return;
    const now = this.#options.now();
    // Also when the clock was put back.
    if (Math.abs(now.getTime() - this.#failedAt) < againAfterMs) return;
    try {
      const made = (await folder.list()).own.filter(({ isWhole }) => isWhole);
      const facts = made.map(({ file, header }) => ({ file, ...header }));
      if (isDailyDue(facts, now)) await make();
    } catch (error) {
      this.#failedAt = now.getTime();
      this.#trouble = { folder: office.folder, failure: await whyNotMade(error, office) };
      onTrouble();
      log.error('daily backup failed', { why: String(error).slice(0, 300) });
    }
  }
}
