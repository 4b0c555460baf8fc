import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { canMount, fill, free, mountWord, newVolume, removeVolumes } from '../support/volumes.ts';
import { findings } from './support/axe.ts';
import { ask, newWriteId, refusal } from './support/daybook.ts';
import { button, field, title } from './support/doing.ts';
import { foundOffice } from './support/founding.ts';
import { familyOf, untilGone } from './support/processes.ts';
import { story } from './support/story.ts';
import { until } from './support/until.ts';

const volumeIn = (folder: string): string => {
  const volume = path.join(folder, 'volume');
  mkdirSync(volume, { recursive: true });
  return canMount ? newVolume(300, volume) : volume;
};
let volume = '';
const office = story('full disk', (folder) => {
  if (volume === '') volume = volumeIn(folder);
  return { args: [`--office=${path.join(volume, 'office')}`] };
});
afterAll(removeVolumes);

const founder = { userName: 'ines', displayName: 'Ines Duarte', password: 'eight or more' };
const names = async (): Promise<string[]> =>
  (await ask(office.page, 'clients', 'list', { limit: 100 })).rows.map(({ name }) => name).sort();
const save = (name: string): string =>
  `clients.create(${JSON.stringify({ writeId: newWriteId(), fields: { name } })})`;

async function enter(): Promise<void> {
  const { page } = office;
  await field(page, 'User name').fill(founder.userName);
  await page.getByLabel('Password', { exact: true }).fill(founder.password);
  await button(page, 'Sign in').click();
  await title(page, 'Meetings').waitFor();
}

describe(`An office on a drive that fills up${mountWord}`, () => {
  const saved: string[] = [];

  it.skipIf(!canMount)('warns everybody before it is full', async () => {
    const { page } = office;
    await foundOffice(page, 'Peeters & Partners', founder);
    for (let at = 0; at < 10; at += 1) {
      await ask(page, 'clients', 'create', {
        writeId: newWriteId(),
        fields: { name: `Client ${String(at)}` },
      });
      saved.push(`Client ${String(at)}`);
    }
    fill(volume, 120);
    const banner = page.getByText(`The drive of this office (${volume}) is filling up`);
    await banner.waitFor();
    expect(await banner.innerText()).toMatch(/: 1\d\d MB are left\./);
    await office.picture('low');
  });

  it.skipIf(!canMount)('can be read and not written when it is full, and says so', async () => {
    const { page } = office;
    fill(volume);
    await page.getByText(`The drive of this office (${volume}) is full`).waitFor();
    expect(await refusal(page, save('Refused'))).toMatchObject({ code: 'STORE_FULL', detail: 'disk' });
    expect(await names()).toEqual(saved);
    await page.keyboard.press('c');
    await page.keyboard.press('c');
    const form = page.getByRole('dialog', { name: 'New client' });
    await field(form, 'Name').fill('Typed while it is full');
    await button(form, 'Create client').click();
    await form.getByText('The drive of this office is full, so nothing can be saved').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(400);
      await office.picture(`full ${colorScheme}`);
      expect(await findings(page)).toEqual([]);
    }
    // What was typed is saved as soon as there is room.
    const began = performance.now();
    free(volume);
    await until(
      'it can be saved again',
      () => ask(page, 'office', 'status'),
      ({ readOnly }) => !readOnly,
    );
    expect(performance.now() - began).toBeLessThan(5_000);
    await button(form, 'Create client').click();
    await form.waitFor({ state: 'detached' });
    saved.push('Typed while it is full');
    expect(await names()).toEqual(saved.sort());
  });

  it.skipIf(!canMount)(
    'has everything after the program was killed and there was hardly any room',
    async () => {
      const { pid } = office.program;
      // Less than what was written since the office was made.
      fill(volume, 0.2);
      const family = familyOf(pid);
      for (const each of family) process.kill(each.pid, 'SIGKILL');
      await untilGone(family);
      await office.restart();
      await enter();
      expect(await names()).toEqual(saved);
      free(volume);
    },
  );

  it.skipIf(!canMount)('opens to be read when it was full before', async () => {
    await office.stop();
    fill(volume);
    await office.restart();
    await enter();
    const { page } = office;
    await page.getByText(`The drive of this office (${volume}) is full`).waitFor();
    expect(await names()).toEqual(saved);
    free(volume);
    await page.getByText(`The drive of this office (${volume}) is full`).waitFor({ state: 'detached' });
    await ask(page, 'clients', 'create', { writeId: newWriteId(), fields: { name: 'Zuletzt' } });
    expect(await names()).toEqual([...saved, 'Zuletzt']);
  });
});
