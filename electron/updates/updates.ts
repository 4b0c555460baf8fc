import path from 'node:path';
import { z } from 'zod';
import { Failure } from '../contract/failure.ts';
import { updateTroubleDetail, type UpdateTrouble } from '../contract/updateTrouble.ts';
import type { InstallAnswer, UpdatesStatus } from '../contract/updates.ts';
import type { Log } from '../log.ts';
import { settingsFile, type SettingsFile } from '../settingsFile.ts';
import { digestOf, keepOnly } from './copyPackage.ts';
import type { Installer } from './installer.ts';
import type { ProvedPackage } from './look.ts';
import type { Lookout } from './lookout.ts';
import { LookTrouble } from './lookTrouble.ts';
import type { Installation } from './packages.ts';

const settings = z.object({ folder: z.string().min(1).nullable() });
type Settings = z.infer<typeof settings>;

export interface UpdatesOptions {
  /** The program's own folder: the setting and copied packages lie here. */
  readonly settingsFolder: string;
  readonly here: Installation;
  readonly lists: readonly string[];
  readonly publicKey: string | null;
  readonly lookout: Lookout;
  readonly installer: Installer;
  /**
   * Backs up the office that is open.
   * @returns the backup's file
   * @throws LookTrouble `noBackup`, `noRoomForBackup`
   */
  readonly backUp: (version: string) => Promise<string>;
  /** Called after every change of `status`. */
  readonly onChange: () => void;
  readonly log: Log;
  readonly now?: () => number;
}

/** Newer packages of Daybook in a folder. Without a folder nothing is ever looked at. */
export interface Updates {
  status(): UpdatesStatus;
  /** Looks at the start and then once a day, when there is a folder. */
  start(): void;
  /** @throws Failure STORE_FULL, CONFLICT */
  setFolder(folder: string): void;
  /** @throws Failure STORE_FULL, CONFLICT */
  turnOff(): Promise<void>;
  /** Looks now; a look that goes on is waited for. @throws Failure CONFLICT while something is installed */
  check(): Promise<void>;
  /** @throws Failure NO_UPDATE with the trouble as its detail, CONFLICT */
  install(version: string): Promise<InstallAnswer>;
  close(): void;
}

const dayMs = 24 * 60 * 60 * 1_000;
/** How often it is asked whether a day is over: a computer that slept catches up soon. */
const tickMs = 30 * 60 * 1_000;

type Result =
  | { readonly state: 'nothing' }
  | { readonly state: 'found'; readonly found: ProvedPackage; readonly handOver: 'installer' | 'folder' }
  | { readonly state: 'trouble'; readonly trouble: UpdateTrouble };

class FolderUpdates implements Updates {
  readonly #options: UpdatesOptions;
  readonly #settings: SettingsFile<Settings>;
  readonly #copies: string;
  readonly #now: () => number;
  #result: Result = { state: 'nothing' };
  #looking: Promise<void> | null = null;
  /** The look that was broken off last; two at once would take each other's copies away. */
  #ending: Promise<void> = Promise.resolve();
  #isInstalling = false;
  #lookedAt: number | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: UpdatesOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#copies = path.join(options.settingsFolder, 'updates');
    const file = path.join(options.settingsFolder, 'updates.json');
    this.#settings = settingsFile(file, settings, 'updates folder', options.log);
  }

  get #folder(): string | null {
    return this.#settings.read()?.folder ?? null;
  }

  status(): UpdatesStatus {
    const folder = this.#folder;
    const result = this.#result;
    const common = {
      folder,
      lookedAt: this.#lookedAt === null ? null : new Date(this.#lookedAt).toISOString(),
      proof: this.#options.publicKey === null ? ('checksum' as const) : ('signature' as const),
      appVersion: this.#options.here.version,
      found: null,
      trouble: null,
    };
    if (folder === null) return { ...common, state: 'off', lookedAt: null };
    if (this.#looking) return { ...common, state: 'looking' };
    if (result.state === 'trouble') return { ...common, ...result };
    if (result.state === 'nothing')
      return { ...common, state: this.#lookedAt === null ? 'looking' : 'nothing' };
    const { version, file, bytes } = result.found;
    const found = { version, file, bytes, handOver: result.handOver };
    return { ...common, state: this.#isInstalling ? 'installing' : 'found', found };
  }

  start(): void {
    this.#lookWhenDue();
    this.#timer ??= setInterval(() => {
      this.#lookWhenDue();
    }, tickMs).unref();
  }

  #lookWhenDue(): void {
    // Also when the clock was put back by days.
    const isDue = this.#lookedAt === null || Math.abs(this.#now() - this.#lookedAt) >= dayMs;
    try {
      if (isDue && this.#folder !== null && !this.#isInstalling) void this.#look();
    } catch {
      // Where to look is not known at the moment; it is asked again soon, and the log says why.
    }
  }

  setFolder(folder: string): void {
    this.#needPeace();
    this.#settings.write({ folder });
    this.#options.log.info('updates folder set');
    this.#forget();
  }

  async turnOff(): Promise<void> {
    this.#needPeace();
    this.#settings.write({ folder: null });
    this.#options.log.info('updates folder taken away');
    this.#forget();
    // A process that is just ending may have put its copy there.
    await this.#ending;
    await keepOnly(this.#copies, null);
  }

  /** What was found in another folder counts no more; a look that goes on there comes to nothing. */
  #forget(): void {
    this.#ending = this.#looking ?? this.#ending;
    this.#options.lookout.close();
    this.#looking = null;
    this.#lookedAt = null;
    this.#result = { state: 'nothing' };
    this.#options.onChange();
  }

  async check(): Promise<void> {
    this.#needPeace();
    await this.#look();
  }

  #needPeace(): void {
    if (this.#isInstalling) throw new Failure('CONFLICT', 'installing');
  }

  async #look(): Promise<void> {
    const folder = this.#folder;
    if (folder === null) return;
    if (!this.#looking) {
      const looking = this.#lookInto(folder).then((result) => {
        // Another folder may have been chosen meanwhile.
        if (this.#looking !== looking) return;
        this.#looking = null;
        this.#lookedAt = this.#now();
        this.#result = result;
        this.#options.onChange();
      });
      this.#looking = looking;
      this.#options.onChange();
    }
    await this.#looking;
  }

  async #lookInto(folder: string): Promise<Result> {
    const { lookout, here, lists, publicKey, installer, log } = this.#options;
    try {
      await this.#ending;
      const found = await lookout.look({ folder, copies: this.#copies, here, lists, publicKey });
      log.info('updates folder looked at', { found: found?.file ?? null });
      if (!found) return { state: 'nothing' };
      const handOver = (await installer.canInstall(found.format)) ? 'installer' : 'folder';
      return { state: 'found', found, handOver };
    } catch (error) {
      const { trouble } = error instanceof LookTrouble ? error : new LookTrouble('unreadable');
      log.warn('updates folder looked at in vain', {
        reason: trouble.reason,
        why: String(error).slice(0, 200),
      });
      return { state: 'trouble', trouble };
    }
  }

  async install(version: string): Promise<InstallAnswer> {
    this.#needPeace();
    this.#isInstalling = true;
    this.#options.onChange();
    try {
      return await this.#install(version);
    } catch (error) {
      if (!(error instanceof LookTrouble)) throw error;
      throw new Failure('NO_UPDATE', updateTroubleDetail(error.trouble));
    } finally {
      this.#isInstalling = false;
      this.#options.onChange();
    }
  }

  async #install(version: string): Promise<InstallAnswer> {
    const { backUp, log } = this.#options;
    const result = this.#result;
    if (this.#looking || result.state !== 'found' || result.found.version !== version)
      throw new LookTrouble('changed');
    await this.#proveCopy(result.found);
    const backup = await backUp(version);
    // Making the backup took a while; what is opened is what was proved a moment ago.
    await this.#proveCopy(result.found);
    const packagePath = path.join(this.#copies, result.found.file);
    const handedTo = await this.#handOver(packagePath, result.handOver);
    log.info('update handed over', { version, handedTo });
    return { handedTo, packagePath, backup };
  }

  async #proveCopy({ file, digest }: ProvedPackage): Promise<void> {
    if ((await digestOf(path.join(this.#copies, file))) === digest) return;
    this.#result = { state: 'trouble', trouble: { reason: 'checksum', file } };
    throw new LookTrouble('checksum', file);
  }

  async #handOver(file: string, way: 'installer' | 'folder'): Promise<'installer' | 'folder'> {
    const { installer, log } = this.#options;
    if (way === 'installer') {
      try {
        await installer.open(file);
        installer.quit();
        return 'installer';
      } catch (error) {
        log.warn('installer could not be started', { why: String(error).slice(0, 200) });
      }
    }
    installer.show(file);
    return 'folder';
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#options.lookout.close();
  }
}

export const createUpdates = (options: UpdatesOptions): Updates => new FolderUpdates(options);
