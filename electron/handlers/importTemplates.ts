import { templatesOf } from '../imports/mapping/templates.ts';
import { fold } from '../text/fold.ts';
import type { HandlersOf } from './context.ts';

/** Templates of imports. */
export const templateHandlers: Pick<
  HandlersOf<'imports'>,
  'templates' | 'saveTemplate' | 'deleteTemplate'
> = {
  async templates(_input, { store, actor }) {
    return { templates: await templatesOf(store, actor) };
  },

  async saveTemplate({ writeId, template }, { store, actor }) {
    const { name } = template;
    const request = { actor, writeId, name, nameKey: fold(name), text: JSON.stringify(template) };
    return (await store.call('templates_save', request)) as { entry: number };
  },

  async deleteTemplate({ writeId, name }, { store, actor }) {
    const reply = await store.call('templates_delete', { actor, writeId, nameKey: fold(name) });
    return reply as { entry: number };
  },
};
