import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask } from '../support/daybook.ts';
import { button, enter, field } from '../support/doing.ts';
import { startProgram } from '../support/program.ts';
import { administrator } from '../../support/backend.ts';
import { copyFolder, damage, type DamageKind } from '../../support/damagedFolders.ts';
import { killedOffice, type KilledOffice } from '../../support/damageTrials.ts';
import { newFolder, removeFolders } from '../../support/engine.ts';
import { Random } from '../../support/random.ts';

// Damaged offices opened with the program itself, as a person would: what the window says must be true.

const kinds: readonly DamageKind[] = ['cut', 'flip in tail', 'flip in base', 'zeros behind', 'hole'];
const folders = 20;

let office: KilledOffice;
beforeAll(async () => {
  office = await killedOffice(60, 60);
});
afterAll(removeFolders);

const nameOf = (text: string): string => (JSON.parse(text) as { name: string }).name;

/** Names of all clients, as the window is answered. */
async function clientsOf(page: Page): Promise<string[]> {
  const { rows, total } = await ask(page, 'clients', 'list', { limit: 200 });
  expect(rows).toHaveLength(total);
  return rows.map(({ name }) => name).toSorted();
}

async function expectClients(page: Page, lost: number): Promise<void> {
  await enter(page, administrator.userName, administrator.password);
  const expected = office.records.filter(({ entry }) => entry <= office.lastEntry - lost);
  expect(await clientsOf(page)).toEqual(expected.map(({ text }) => nameOf(text)).toSorted());
}

/** @returns `opened`, or how many actions were told as lost; null when nothing is left */
async function openAsPerson(page: Page): Promise<number | null | 'opened'> {
  const alert = page.getByRole('alert');
  await alert.or(field(page, 'User name')).first().waitFor();
  if (!(await alert.isVisible())) {
    await expectClients(page, 0);
    return 'opened';
  }
  const { trouble } = await ask(page, 'office', 'status');
  const { lost, mayRepair } = trouble?.damage ?? { lost: null, mayRepair: false };
  expect(trouble?.reason).toBe('damaged');
  const said = await alert.innerText();
  if (!mayRepair) {
    expect(said).toContain('Nothing of the office can be read');
    return null;
  }
  expect(said).toContain(lost === 1 ? 'One saved action' : `${String(lost)} saved actions`);
  await button(page, 'Open without them').click();
  await expectClients(page, lost!);
  return lost;
}

it('damaged offices open whole, or the window says what is lost and opens the rest', async () => {
  const random = new Random(20);
  const came: string[] = [];
  for (let at = 0; at < folders; at += 1) {
    const kind = kinds[at % kinds.length]!;
    const copy = copyFolder(path.dirname(office.dataFolder), newFolder());
    damage(path.join(copy, 'data'), kind, random);
    const program = await startProgram({ userData: newFolder(), args: [`--office=${copy}`] });
    try {
      const answer = await openAsPerson(program.page);
      came.push(`${kind}: ${answer === null ? 'nothing left' : String(answer)}`);
    } finally {
      await program.stop();
    }
  }
  console.log(`${String(came.length)} folders: ${came.join('; ')}`);
  expect(came.filter((each) => !each.endsWith('opened')).length).toBeGreaterThan(folders / 4);
}, 1_200_000);
