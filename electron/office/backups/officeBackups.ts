import { mkdir, rm } from 'node:fs/promises';
import { Failure } from '../../contract/failure.ts';
import type { Log } from '../../log.ts';
import { isKnownState } from '../officeState.ts';
import type { OfficeChooser } from '../officeChooser.ts';
import type { OfficeHost } from '../officeHost.ts';
import { whyNotMade, whyNotRead, whyNotRestored } from './backupFailure.ts';
import { readBackupFile, tidyBackups, type BackupFile } from './backupFiles.ts';
import { BackupFolder, chosenFolder, type BackupsFound } from './backupFolder.ts';
import { BackupSettings, type OfficeSettings, type WhichOffice } from './backupSettings.ts';
import { DailyBackup } from './dailyBackup.ts';
import { newPassphraseKey } from './passphrase.ts';
import type { EngineFacts } from './proof.ts';
import { clearRestored, isRestoreReady } from './swap.ts';
import { unpackBackup } from './unpackBackup.ts';

export interface BackupsOptions {
  readonly office: OfficeHost;
  readonly offices: OfficeChooser;
  /** On which backups are proved. */
  readonly engine: EngineFacts;
  readonly settingsFolder: string;
  /** Whether it is noted which office is open; pictures leave no trace. */
  readonly remembers: boolean;
  readonly appVersion: string;
  /** Called after every change of what `status` and `list` tell. */
  readonly onChange: () => void;
  readonly log: Log;
  readonly now?: () => Date;
}

export interface BackupsStatus {
  /** Null while no office is chosen. */
  readonly folder: string | null;
  readonly isUsualFolder: boolean;
  readonly hasPassphrase: boolean;
  /** Nothing is backed up until somebody says whether backups are encrypted: what was said before was lost. */
  readonly settingsLost: boolean;
  /** Why the last daily backup was not made; null when it was, or none was due yet. */
  readonly dailyTrouble: Failure | null;
  readonly busy: 'no' | 'making' | 'restoring';
}

/** Backups of the office that is on screen. One is made or restored at a time. */
export interface OfficeBackups {
  status(): BackupsStatus;
  list(): Promise<BackupsFound>;
  /** To be called after every change of the office: which one is in its folder is remembered. */
  noticed(): void;
  /** @throws Failure NO_BACKUP, CONFLICT, STORE_UNAVAILABLE (`settings`: where and how is not known at the moment) */
  create(reason: string): Promise<BackupFile>;
  /** The same for the program itself. @returns the file @throws NoRoomForBackup, or what went wrong */
  backUp(reason: string): Promise<string>;
  /** @throws Failure STORE_FULL, STORE_UNAVAILABLE */
  setPassphrase(passphrase: string): Promise<void>;
  clearPassphrase(): void;
  /** @throws Failure NO_BACKUP gone, folder when nothing can be written there, inOffice when it is the office's own */
  setFolder(folder: string): Promise<void>;
  /** @throws Failure NO_BACKUP */
  read(file: string): Promise<BackupFile>;
  /** @throws Failure NOT_FOUND, WRONG_PASSPHRASE, NO_BACKUP, CONFLICT; the office is then as it was */
  restore(id: string, passphrase: string | null): Promise<void>;
  /** The same into a new folder. */
  restoreFile(file: string, passphrase: string | null): Promise<void>;
  /** Backs up once a day from now on. */
  start(): void;
  /** Resolves when nothing goes on any more. */
  close(): Promise<void>;
}

class Backups implements OfficeBackups {
  readonly #options: BackupsOptions;
  readonly #settings: BackupSettings;
  readonly #folder: BackupFolder;
  readonly #daily: DailyBackup;
  readonly #now: () => Date;
  #busy: BackupsStatus['busy'] = 'no';
  #running: Promise<unknown> = Promise.resolve();
  /** What was noted last, so that the settings are read only when that changes. */
  #noted = '';

  constructor(options: BackupsOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
    this.#settings = new BackupSettings(options.settingsFolder, options.log);
    this.#folder = new BackupFolder(this.#settings, () => this.#which());
    this.#daily = new DailyBackup({
      ...{ office: options.office, folder: this.#folder, log: options.log, now: this.#now },
      isBusy: () => this.#busy !== 'no',
      make: () => this.backUp('daily'),
      onTrouble: options.onChange,
    });
  }

  /** Which office is on screen. Of one that does not open this computer knows the id when it was open here before. */
  #which(): WhichOffice {
    const { folder } = this.#options.office;
    const state = this.#options.office.state();
    const isOpen = isKnownState(state) && state.exists;
    return { folder, id: isOpen ? state.id : this.#settings.idAt(folder) };
  }

  #own(): OfficeSettings {
    return this.#settings.of(this.#which());
  }

  #set(change: Partial<OfficeSettings>): void {
    if (this.#options.office.folder === '') throw new Failure('STORE_UNAVAILABLE', 'none');
    this.#settings.change(this.#which(), change);
    this.#options.onChange();
  }

  noticed(): void {
    const { office, remembers } = this.#options;
    const state = office.state();
    if (!remembers || state.state !== 'open' || !state.exists || office.isDemo || office.isReadOnlyCopy)
      return;
    const which = { folder: office.folder, id: state.id };
    const note = JSON.stringify(which);
    if (note === this.#noted) return;
    try {
      this.#settings.note(which);
      this.#noted = note;
    } catch {
      // The office is open all the same; why it could not be written is in the log.
    }
  }

  status(): BackupsStatus {
    const hasOffice = this.#options.office.folder !== '';
    const { folder, key } = this.#own();
    return {
      folder: hasOffice ? this.#folder.path() : null,
      isUsualFolder: folder === null,
      hasPassphrase: key !== null,
      settingsLost: hasOffice && this.#settings.areLost(this.#which()),
      dailyTrouble: this.#daily.trouble(),
      busy: this.#busy,
    };
  }

  list(): Promise<BackupsFound> {
    return this.#folder.listInTime();
  }

  async read(file: string): Promise<BackupFile> {
    try {
      return await readBackupFile(file);
    } catch (error) {
      throw whyNotRead(error);
    }
  }

  /** @throws Failure CONFLICT when another one goes on */
  #alone<T>(busy: 'making' | 'restoring', step: () => Promise<T>): Promise<T> {
    if (this.#busy !== 'no') throw new Failure('CONFLICT', 'backup');
    this.#busy = busy;
    this.#options.onChange();
    const running = step().finally(() => {
      this.#busy = 'no';
      this.#options.onChange();
    });
    this.#running = running.catch(() => undefined);
    return running;
  }

  backUp(reason: string): Promise<string> {
    const { office, appVersion } = this.#options;
    const place = this.#folder.path();
    return this.#alone('making', async () => {
      if (this.#settings.areLost(this.#which())) throw new Failure('NO_BACKUP', 'settings');
      await this.#folder.needUsable();
      const file = await office.backUp({ appVersion, reason, place, key: this.#own().key });
      this.#daily.noteMade();
      await this.#tidy(file, place);
      return file;
    });
  }

  /** A backup that was made counts, whatever becomes of older ones. */
  async #tidy(file: string, place: string): Promise<void> {
    try {
      const gone = await tidyBackups(place, (await readBackupFile(file)).header.office.id);
      if (gone > 0) this.#options.log.info('old backups removed', { count: gone });
    } catch (error) {
      this.#options.log.warn('old backups stay', { why: String(error).slice(0, 200) });
    }
  }

  async create(reason: string): Promise<BackupFile> {
    try {
      return await readBackupFile(await this.backUp(reason));
    } catch (error) {
      this.#options.log.error('office could not be backed up', { why: String(error).slice(0, 300) });
      throw await whyNotMade(error, this.#options.office, this.#folder);
    }
  }

  async setPassphrase(passphrase: string): Promise<void> {
    this.#set({ key: await newPassphraseKey(passphrase) });
  }

  clearPassphrase(): void {
    this.#set({ key: null });
  }

  async setFolder(folder: string): Promise<void> {
    this.#set({ folder: await chosenFolder(this.#options.office.folder, folder) });
    this.#daily.tryAgainSoon();
  }

  async restore(id: string, passphrase: string | null): Promise<void> {
    const { office, offices } = this.#options;
    const state = office.state();
    if (state.state === 'trouble' && state.trouble.reason === 'locked')
      throw new Failure('CONFLICT', 'locked');
    // In the place of what waits there nothing can be unpacked.
    if (isRestoreReady(office.folder)) throw new Failure('NO_BACKUP', 'pending');
    const backup = await this.#folder.find(id);
    const { folder } = office;
    await this.#alone('restoring', async () => {
      await clearRestored(folder);
      await this.#unpack(backup.file, passphrase, folder);
      await offices.openRestored(folder);
    });
  }

  async restoreFile(file: string, passphrase: string | null): Promise<void> {
    const { offices } = this.#options;
    await this.#alone('restoring', async () => {
      const folder = offices.unusedFolder();
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await this.#unpack(file, passphrase, folder);
      } catch (error) {
        await rm(folder, { recursive: true, force: true });
        throw whyNotRestored(error, false);
      }
      await offices.openRestored(folder);
    });
  }

  #unpack(file: string, passphrase: string | null, folder: string): Promise<void> {
    const { engine, log } = this.#options;
    return unpackBackup({ file, passphrase, ownKey: this.#own().key, folder, engine, now: this.#now, log });
  }

  start(): void {
    this.#daily.start();
  }

  async close(): Promise<void> {
    this.#daily.stop();
    await this.#running;
  }
}

export const createBackups = (options: BackupsOptions): OfficeBackups => new Backups(options);
