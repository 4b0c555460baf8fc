import type { OutcomeRow, Template } from '../../../electron/contract/imports.ts';
import type { Daybook } from '../../../electron/contract/index.ts';
import type { MemoryDaybook } from '../memoryDaybook.ts';
import { nextId } from './sampleOffice.ts';
import type { MemoryOffice } from './sampleOffice.ts';

const columns = [
  { header: 'date', samples: ['18/02/2020', '12/02/2020', '25/05/2020'] },
  { header: 'title', samples: ['Just transition mechanism', 'Gas transport and storage', 'CRR Quick Fix'] },
  { header: 'lobbyists', samples: ['ALRO SA', 'Gas Infrastructure Europe', 'European Banking Federation'] },
  { header: 'mep', samples: ['Rovana PLUMB', 'Johan VAN OVERTVELDT'] },
  { header: 'committees', samples: ["['REGI']", "['ECON']"] },
  { header: 'epid', samples: ['38595', '125106'] },
].map((column) => ({
  ...column,
  names: column.header === 'mep' ? column.samples : [],
  dates: column.header === 'date' ? { order: 'dmy' as const, open: null } : null,
}));

const changed: OutcomeRow[] = Array.from({ length: 6 }, (_, index) => ({
  ...{ line: 60 + index * 41, outcome: 'updated', duplicateOf: null, client: 'ALRO SA', reason: '' },
  ...{ title: `Just transition mechanism, part ${String(index + 1)}`, start: { date: '2020-02-18' } },
  changes: [
    { field: 'status', before: 'open', after: 'closed' },
    { field: 'details', before: '', after: 'Minutes are in the archive.' },
  ],
}));
const refused: OutcomeRow[] = Array.from({ length: 14 }, (_, index) => ({
  ...{ line: 120 + index * 37, outcome: 'refused', duplicateOf: null, client: '', title: '' },
  ...{ start: null, changes: [] },
  reason: index % 2 ? 'The date 31/02/2020 does not exist.' : 'The row names no client.',
}));

/** An import of a file that is not there, with the steps and the pace of a real one. */
export function memoryImports(
  office: MemoryOffice,
  emit: MemoryDaybook['emit'],
  write: (label: string, ids: string[]) => number,
): Daybook['imports'] {
  const file = { handle: 'file-1', name: 'register.csv', bytes: 1_834_221 };
  const running = { id: '', cancelled: false, entry: 0, dryRun: false };
  const templates: Template[] = [];
  const steps = 20;
  const rows = 8_310;

  const run = (importId: string, step: number): void => {
    const share = step / steps;
    const rowsRead = Math.round(rows * share);
    const rowsRefused = Math.round(refused.length * share);
    const progress = {
      importId,
      rowsRead,
      rowsAccepted: rowsRead - rowsRefused,
      rowsRefused,
      share,
      elapsedMs: step * 60,
      message: '',
    };
    if (running.cancelled) {
      emit('importProgress', { ...progress, state: 'cancelled' });
    } else if (step < steps) {
      emit('importProgress', { ...progress, state: share < 0.5 ? 'reading' : 'writing' });
      setTimeout(() => {
        run(importId, step + 1);
      }, 60);
    } else if (running.dryRun) {
      emit('importProgress', { ...progress, state: 'done' });
    } else {
      const added = office.meetings
        .slice(0, 5)
        .map((meeting) => ({ ...meeting, id: nextId(), title: `Imported: ${meeting.title}` }));
      office.meetings.push(...added);
      running.entry = write(
        file.name,
        added.map(({ id }) => id),
      );
      emit('importProgress', { ...progress, state: 'done' });
    }
  };

  return {
    chooseFile: async () => ({ file }),
    offerFile: async ({ path }) => ({ file: { ...file, name: path.split('/').at(-1) ?? file.name } }),
    inspect: async () => ({
      columns,
      guess: {
        sheet: null,
        columns: ['start', 'title', 'client', 'owner', 'tags', null],
        dateOrder: 'dmy',
        clients: 'one',
        duplicates: 'keep',
        owners: { named: [], unknown: 'new' },
        viewers: { owners: false, users: [] },
        defaults: { type: 'visit', status: 'closed', priority: 'normal', ownerId: null },
      },
      format: { kind: 'text', encoding: 'UTF-8', delimiter: 'comma' },
      template: null,
    }),
    start: async ({ dryRun = false }) => {
      running.dryRun = dryRun;
      running.id = nextId();
      running.cancelled = false;
      const { id } = running;
      setTimeout(() => {
        run(id, 1);
      }, 30);
      return { importId: id };
    },
    cancel: async () => {
      running.cancelled = true;
      return {};
    },
    report: async ({ show = 'all', offset = 0, limit = 200 }) => {
      const told = [...changed, ...refused].sort((one, other) => one.line - other.line);
      const shown = told.filter(({ outcome }) => show === 'all' || outcome === show);
      return {
        ...{ entry: running.dryRun ? null : running.entry, dryRun: running.dryRun },
        ...{ newClients: 412, newUsers: 37, left: 0 },
        counts: {
          ...{ all: rows, added: rows - told.length, updated: changed.length, refused: refused.length },
          ...{ unchanged: 0, skipped: 0, duplicates: 0 },
        },
        listed: shown.length,
        rows: shown.slice(offset, offset + limit),
      };
    },
    templates: async () => ({ templates: [...templates] }),
    saveTemplate: async ({ template }) => {
      templates.push(template);
      return { entry: write(template.name, []) };
    },
    deleteTemplate: async ({ name }) => {
      templates.splice(0, templates.length, ...templates.filter((each) => each.name !== name));
      return { entry: write(name, []) };
    },
    exportReport: async () => ({ fileName: 'import report.csv' }),
  };
}
