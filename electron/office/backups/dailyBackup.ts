import { Failure } from '../../contract/failure.ts';
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
  /** Called when one could not be made, and when that is over without one being made here. */
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
  /** A drive that does not answer is not asked again meanwhile: there are only few threads for that. */
  #isLooking = false;
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

  /** Another program made it. */
  #noteThere(): void {
    if (this.trouble() === null) return;
    this.noteMade();
    this.#options.onTrouble();
  }

  /** To be called when what kept it from being made may have been put right. */
  tryAgainSoon(): void {
    this.#failedAt = Number.NEGATIVE_INFINITY;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.#tick(), tickMs).unref();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  async #tick(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    await this.#makeWhenDue().finally(() => {
      this.#isLooking = false;
    });
  }

  /** Also when the clock was put back. A folder that was gone is waited for no longer than it is. */
  async #mayTry(now: Date): Promise<boolean> {
    if (Math.abs(now.getTime() - this.#failedAt) >= againAfterMs) return true;
    return this.trouble()?.detail === 'gone' && this.#options.folder.isReachable();
  }

  async #makeWhenDue(): Promise<void> {
    const { office, folder, isBusy, make, onTrouble, log } = this.#options;
    const state = office.state();
    if (state.state !== 'open' || !state.exists || office.isDemo || isBusy()) return;
    if (office.isReadOnlyCopy) return;
    const now = this.#options.now();
    if (!(await this.#mayTry(now))) return;
    try {
      const { own, isReachable } = await folder.listInTime();
      if (!isReachable) {
        await folder.needUsable();
        // It answers, and does not say in time what lies in it: whether one is due nobody knows.
        throw new Failure('NO_BACKUP', 'gone');
      }
      const facts = own.filter(({ isWhole }) => isWhole).map(({ file, header }) => ({ file, ...header }));
      if (isDailyDue(facts, now)) await make();
      else this.#noteThere();
    } catch (error) {
      this.#failedAt = now.getTime();
      this.#trouble = { folder: office.folder, failure: await whyNotMade(error, office, folder) };
      onTrouble();
      log.error('daily backup failed', { why: String(error).slice(0, 300) });
    }
  }
}
