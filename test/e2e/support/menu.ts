import type { Locator } from 'playwright-core';
import type { Story } from './story.ts';

/**
 * Chooses something in the menu, as far as the program lets anybody into it: a package does not.
 * @param id of the entry
 * @param name of the dialog that it opens
 */
export async function chooseInMenu({ program, page }: Story, id: string, name: string): Promise<Locator> {
  await program.electron?.evaluate(({ Menu }, item) => {
    Menu.getApplicationMenu()?.getMenuItemById(item)?.click();
  }, id);
  const dialog = page.getByRole('dialog', { name });
  await dialog.waitFor();
  return dialog;
}
