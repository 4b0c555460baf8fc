import type { HandlersOf } from './context.ts';
import type { Services } from './services.ts';

export const officesHandlers = ({ offices, chooseFolder }: Services): HandlersOf<'offices'> => ({
  async list() {
    return { offices: await offices.list() };
  },

  async leave() {
    await offices.leave();
    return {};
  },

  async open({ id }) {
    await offices.open(id);
    return {};
  },

  async openFolder(_input, { windowId }) {
    const folder = await chooseFolder(windowId, 'office');
    if (folder === null) return { opened: false };
    await offices.openFolder(folder);
    return { opened: true };
  },

  async createNew() {
    await offices.openNew();
    return {};
  },

  remove({ id }) {
    offices.remove(id);
    return Promise.resolve({});
  },
});
