import type { ExportReport } from '../../../electron/contract/export.ts';

export const exported: ExportReport = {
  state: 'done',
  folder: '/media/stick/Peeters 2026-11-21 10.30',
  ...{ meetings: 8_310, clients: 120, users: 4, bytes: 12_400_000, elapsedMs: 2_100 },
};
