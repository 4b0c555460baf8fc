import { Failure } from '../contract/failure.ts';
import type { HandlersOf } from './context.ts';
import type { Services } from './services.ts';

/** The demo office shows its passwords: its administrators decide nothing about this computer. */
export const updatesHandlers = (services: Services): HandlersOf<'updates'> => {
  const { updates, office } = services;
  const refuseDemo = (): void => {
    if (office.isDemo) throw new Failure('CONFLICT', 'demo');
  };
  return {
    status() {
      refuseDemo();
      return Promise.resolve(updates.status());
    },

    async chooseFolder(_input, { windowId }) {
      refuseDemo();
      const folder = await services.chooseFolder(windowId, 'updates');
      if (folder === null) return { chosen: false };
      updates.setFolder(folder);
      void updates.check();
      return { chosen: true };
    },

    async turnOff() {
      refuseDemo();
      await updates.turnOff();
      return {};
    },

    async check() {
      refuseDemo();
      await updates.check();
      return {};
    },

    async install({ version }) {
      refuseDemo();
      if (services.isImporting()) throw new Failure('CONFLICT', 'import');
      return updates.install(version);
    },
  };
};
