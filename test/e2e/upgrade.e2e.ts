import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectedOf, unpackLayout } from '../office/upgrade/layouts.ts';
import { ask } from './support/daybook.ts';
import { enter, total } from './support/doing.ts';
import { story } from './support/story.ts';

const layout = 1;
const folderIn = (folder: string): string => path.join(folder, 'office');
const office = story('upgrade', (folder) => {
  const target = folderIn(folder);
  if (!existsSync(target)) unpackLayout(layout, target);
  return { args: [`--office=${target}`] };
});

interface Seen {
  readonly answers: readonly { readonly total: number }[];
}

describe('An office that an older Daybook made', () => {
  it('opens with all that was in it', async () => {
    const { page } = office;
    await enter(page, 'Ada', 'correct horse');
    const { Ada: seen } = expectedOf(layout) as { Ada: Seen };
    expect(await total(page)).toBe(seen.answers[0]!.total);
    await office.picture('opened');
  });

  it('is kept as it was, and needs no more than opening the next time', async () => {
    expect(readdirSync(path.join(folderIn(office.folder), 'kept'))).toHaveLength(1);
    await office.restart();
    await enter(office.page, 'Ada', 'correct horse');
    expect(await ask(office.page, 'office', 'status')).toMatchObject({ state: 'ready', upgrading: null });
    expect(readdirSync(path.join(folderIn(office.folder), 'kept'))).toHaveLength(1);
  });
});
