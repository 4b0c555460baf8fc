import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import type { Program } from './program.ts';
import { projectRoot } from './runtime.ts';

export interface Register {
  readonly file: string;
  readonly rows: readonly Readonly<Record<string, string>>[];
}

const realRegister = path.join(projectRoot, '../shared/data/mep-meetings-2020.csv');

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** Looks like the register: lists in cells, dates with the day first, accents, several organisations in one cell. */
function madeUpRegister(): string {
  const organisations = [
    'Fédération des boulangers',
    'Bund der Müller',
    'Łódź Green Forum',
    'Trade Union, ASBL',
  ];
  const members = ['Rovana Plumb', 'Jörg Meuthen', 'Édouard Martin'];
  const lines = Array.from({ length: 5_000 }, (_, at) => {
    const day = `${String((at % 28) + 1).padStart(2, '0')}/${String((at % 12) + 1).padStart(2, '0')}/2020`;
    const committee = ['ENVI', 'ITRE', 'AGRI'][at % 3] ?? '';
    const cells = [
      ...[
        String(38_000 + (at % 3)),
        members[at % 3] ?? '',
        ['Romania', 'Germany', 'France'][at % 3] ?? '',
        'S&D',
      ],
      ...[
        "['']",
        `Échange ${String(at)} on the climate law`,
        organisations[at % 4] ?? '',
        `['${committee}']`,
      ],
      ...['European Parliament', 'Member', day],
    ];
    return cells.map(quoted).join(',');
  });
  const header = 'epid,mep,country,group,dossier,title,lobbyists,committees,location,role,date';
  return [header, ...lines].join('\n');
}

/** The public register of 8,310 meetings where it lies beside the project, otherwise a table of the same shape. */
export function someRegister(folder: string): Register {
  let file = realRegister;
  if (!existsSync(realRegister)) {
    console.info('The public register is not here: a made-up table of the same shape is imported instead.');
    file = path.join(folder, 'register.csv');
    writeFileSync(file, madeUpRegister());
  }
  const rows = parse<Record<string, string>>(readFileSync(file, 'utf8'), { columns: true, bom: true });
  return { file, rows };
}

/** A table with all rows of a register again and again, which takes long enough to be stopped. */
export function manyTimes({ file: once }: Register, times: number, folder: string): string {
  const [header = '', ...lines] = readFileSync(once, 'utf8').trim().split('\n');
  const file = path.join(folder, 'many years.csv');
  writeFileSync(file, [header, ...Array.from({ length: times }, () => lines).flat()].join('\n'));
  return file;
}

/** Lets go of a file over the window, as from a folder on the desktop. */
export async function drop(page: Page, file: string): Promise<void> {
  const chromium = await page.context().newCDPSession(page);
  const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await chromium.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data });
  await chromium.detach();
}

/** What the system's own file dialog will answer; null closes it. */
export async function answerFileDialog({ electron }: Program, file: string | null): Promise<void> {
  await electron?.evaluate(({ dialog }, chosen) => {
    const answer = { canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] };
    dialog.showOpenDialog = () => Promise.resolve(answer);
  }, file);
}
