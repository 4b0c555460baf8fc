import { execFile } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { ImportCommandReport } from '../../electron/command/importFile.ts';
import type { Template } from '../../electron/contract/imports.ts';
import { administrator, newBackend, newOffice, type TestBackend } from '../support/backend.ts';
import { newFolder } from '../support/engine.ts';
import { projectRoot } from '../support/projectRoot.ts';
import { plainRules } from './plainMapping.ts';
import { temporaryFiles } from './temporaryFile.ts';

const file = temporaryFiles();
const run = promisify(execFile);

/** What the command prints, and the number it ends with. */
async function command(...args: string[]): Promise<{ code: number; said: Partial<ImportCommandReport> }> {
  const script = path.join(projectRoot, 'electron/command/main.ts');
  const ended = await run(process.execPath, [script, ...args]).catch((error: unknown) => error);
  const { code = 0, stdout } = ended as { code?: number; stdout: string };
  return { code, said: JSON.parse(stdout) as Partial<ImportCommandReport> };
}

const total = async (backend: TestBackend): Promise<number> =>
  ((await backend.ask(1, 'meetings.filter', { limit: 0 })) as { total: number }).total;

/** An office that is closed again, with a template, and what it has afterwards. */
async function closedOffice(): Promise<{ folder: string; totalNow: () => Promise<number> }> {
  const folder = newFolder();
  const backend = newBackend();
  await newOffice(backend, folder);
  const { sheet: _sheet, ...rules } = plainRules;
  const template: Template = {
    name: 'Besuche',
    columns: [
      { header: 'Wer', field: 'client' },
      { header: 'Wann', field: 'start' },
      { header: 'Was', field: 'title' },
    ],
    rules: { ...rules, dateOrder: 'mdy' },
  };
  await backend.ask(1, 'imports.saveTemplate', { writeId: 'save-the-template', template });
  await backend.close();
  return {
    folder,
    async totalNow() {
      const again = newBackend();
      await again.offices.start(folder);
      const { userName, password } = administrator;
      await again.ask(1, 'session.signIn', { userName, password });
      const found = await total(again);
      await again.close();
      return found;
    },
  };
}

const rows = 'Wer,Was,Wann\nAcme,Lunch,03/04/2026\nBolt,Call,31/02/2026\n';

describe('the import without a window', () => {
  it('says as JSON what it would do, does it, and does it only once', async () => {
    const { folder, totalNow } = await closedOffice();
    const given = [`--office=${folder}`, `--file=${file(rows)}`];
    const dry = await command(...given, '--dry-run');
    expect(dry).toMatchObject({
      code: 0,
      said: { dryRun: true, template: 'Besuche', state: 'done', entry: null, newClients: 1 },
    });
    expect(dry.said.rows).toMatchObject([
      { line: 2, outcome: 'added', title: 'Lunch', start: { date: '2026-03-04' } },
      { line: 3, outcome: 'refused', reason: 'The date "31/02/2026" does not exist or cannot be read.' },
    ]);
    expect(await totalNow()).toBe(0);
    const done = await command(...given, '--map=besuche', '--user=ada');
    expect(done).toMatchObject({ code: 0, said: { dryRun: false, counts: { added: 1, refused: 1 } } });
    expect((await command(...given)).said.counts).toMatchObject({ added: 0, unchanged: 1 });
    expect(await totalNow()).toBe(1);
  });

  it('goes into the office that a restore has ready, not into the one it replaces', async () => {
    const { folder, totalNow } = await closedOffice();
    // As it stands when the program ends right after the present data were moved away.
    mkdirSync(path.join(folder, 'restored'));
    renameSync(path.join(folder, 'data'), path.join(folder, 'restored', 'data'));
    writeFileSync(path.join(folder, 'restored', 'ready'), '2026-11-20');
    const done = await command(`--office=${folder}`, `--file=${file(rows)}`);
    expect(done).toMatchObject({ code: 0, said: { counts: { added: 1 } } });
    expect(await totalNow()).toBe(1);
  });

  it('says in one sentence what keeps it from beginning', async () => {
    const { folder } = await closedOffice();
    const office = `--office=${folder}`;
    const said = async (...args: string[]): Promise<unknown> => {
      const { code, said: report } = await command(...args);
      return [code, report.message];
    };
    expect(await said()).toEqual([
      2,
      expect.stringMatching(/^Say which office and which file: --office=DIR/),
    ]);
    expect(await said(office, '--file=x', '--colour=red')).toEqual([2, expect.stringMatching(/^Say which/)]);
    expect(await said(`--office=${newFolder()}`, '--file=x')).toEqual([
      2,
      expect.stringMatching(/^There is no office of Daybook in /),
    ]);
    expect(await said(office, '--file=/nowhere/at/all.csv')).toEqual([2, 'The file is no longer there.']);
    expect(await said(office, `--file=${file(rows)}`, '--map=Visits')).toEqual([
      2,
      'The office has no template called Visits.',
    ]);
    expect(await said(office, `--file=${file(rows)}`, '--user=nobody')).toEqual([
      2,
      'This user does not exist, or no longer does.',
    ]);
    expect(await said(office, `--file=${file('Who,When\nAcme,03/04/2026\n')}`)).toEqual([
      2,
      'The date 03/04/2026 can be read in two ways; save a template that says which is meant, and name it with --map.',
    ]);
  });

  it('leaves an office alone that is open in the program', async () => {
    const folder = newFolder();
    const backend = newBackend();
    await newOffice(backend, folder);
    expect(await command(`--office=${folder}`, `--file=${file(rows)}`)).toMatchObject({
      code: 2,
      said: { message: 'The office is open in another program. Close it there first.' },
    });
    expect(await total(backend)).toBe(0);
    await backend.close();
  });
});
