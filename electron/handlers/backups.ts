import path from 'node:path';
import { Failure } from '../contract/failure.ts';
import { failureSentence } from '../contract/failureText.ts';
import type { BackupFacts } from '../contract/backups.ts';
import { OfferedFiles } from '../imports/offeredFiles.ts';
import { isKnownState } from '../office/officeState.ts';
import { idOfBackup, type BackupFile } from '../office/backups/backupFiles.ts';
import type { HandlersOf } from './context.ts';
import type { Services } from './services.ts';

const factsOf = (backup: BackupFile, id = idOfBackup(backup.file)): BackupFacts => {
  const { madeAt, appVersion, reason, office, encryption, counts, journal } = backup.header;
  return {
    ...{ id, file: path.basename(backup.file), bytes: backup.bytes, madeAt, appVersion, reason, counts },
    officeName: office.name,
    isEncrypted: encryption !== null,
    isVerified: backup.isWhole,
    isJournalWhole: journal !== 'damaged',
  };
};

export function backupsHandlers(services: Services): HandlersOf<'backups'> {
  const { backups, office, sessions } = services;
  const chosenFiles = new OfferedFiles();
  const refuseDemo = (): void => {
    if (office.isDemo) throw new Failure('CONFLICT', 'demoBackups');
  };
  /** Whoever sits at a computer whose office does not open may bring it back; there is nobody to sign in. */
  const admit = (windowId: number): void => {
    refuseDemo();
    const state = office.state();
    if (state.state === 'starting') throw new Failure('STORE_UNAVAILABLE', 'starting');
    if (!isKnownState(state) || !state.exists) return;
    const user = sessions.userAt(windowId);
    if (!user) throw new Failure('SIGNED_OUT');
    if (user.role !== 'administrator') throw new Failure('NOT_ALLOWED', 'role');
  };
  return {
    async list(_input, { windowId }) {
      admit(windowId);
      const state = office.state();
      const isOpen = isKnownState(state) && state.exists && !office.isReadOnlyCopy;
      const { own, ...found } = await backups.list();
      const { folder, ...status } = backups.status();
      // An office that nobody created yet has no backups to speak of.
      const isNothing = isKnownState(state) && !state.exists && own.length + found.others === 0;
      return {
        ...{ ...status, ...found, isOpen, backups: own.map((each) => factsOf(each)) },
        folder: isNothing && found.isReachable ? null : folder,
      };
    },

    status() {
      const { settingsLost, dailyTrouble } = backups.status();
      return Promise.resolve({
        settingsLost: !office.isDemo && settingsLost,
        dailyTrouble: dailyTrouble && failureSentence(dailyTrouble.code, dailyTrouble.detail),
      });
    },

    async create() {
      refuseDemo();
      return { backup: factsOf(await backups.create('by-hand')) };
    },

    async setPassphrase({ passphrase }) {
      refuseDemo();
      await backups.setPassphrase(passphrase);
      return {};
    },

    clearPassphrase() {
      refuseDemo();
      backups.clearPassphrase();
      return Promise.resolve({});
    },

    async chooseFolder(_input, { windowId }) {
      refuseDemo();
      const folder = await services.chooseFolder(windowId, 'backups');
      if (folder === null) return { chosen: false };
      await backups.setFolder(folder);
      return { chosen: true };
    },

    async restore({ id, passphrase }, { windowId }) {
      admit(windowId);
      if (services.isImporting()) throw new Failure('CONFLICT', 'import');
      await backups.restore(id, passphrase ?? null);
      return {};
    },

    async chooseFile(_input, { windowId }) {
      const file = await services.chooseBackup(windowId);
      if (file === null) return { backup: null };
      const backup = await backups.read(file);
      const { handle } = await chosenFiles.offer(file, String(windowId));
      return { backup: factsOf(backup, handle) };
    },

    async restoreFile({ id, passphrase }, { windowId }) {
      if (services.isImporting()) throw new Failure('CONFLICT', 'import');
      await backups.restoreFile(chosenFiles.path(id, String(windowId)), passphrase ?? null);
      return {};
    },
  };
}
