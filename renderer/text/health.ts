import { bytesText, instantText, numberText } from '../format.ts';
import type { LastCheck } from '../../electron/contract/health.ts';

const outcomeOf = ({ state, repaired, differences }: LastCheck): string => {
  if (state === 'cancelled') return 'cancelled before it was through';
  if (differences.length === 0) return 'everything agreed';
  return repaired ? 'what differed was repaired' : 'something differed';
};

export const health = {
  title: 'Health of this office',
  intro: 'How the office and the disk under it are at this moment.',
  engine: 'Database program',
  engineIs: (version: string, uptime: string): string => `Version ${version}, running for ${uptime}`,
  data: 'Data on disk',
  free: 'Free space',
  freeIs: (bytes: number | null, volume: string): string =>
    bytes === null ? 'not known' : `${bytesText(bytes)} on ${volume}`,
  full: (free: string): string => `${free}. Nothing can be saved until there is more.`,
  memory: 'Memory',
  memoryIs: (bytes: number, limit: number): string => `${bytesText(bytes)} of at most ${bytesText(limit)}`,
  memoryLow: (memory: string): string =>
    `${memory}. It is nearly used up; a computer with more memory helps.`,
  memoryFull: (memory: string): string =>
    `${memory}. Nothing can be added or changed, only read, deleted and undone; a computer with more memory helps.`,
  meetings: 'Meetings',
  clients: 'Clients',
  count: numberText,
  check: 'Last check',
  checkIs: (found: LastCheck): string => `${instantText(found.at)}: ${outcomeOf(found)}`,
  noCheck: 'never',
  checkNow: 'Check now…',
  backup: 'Last backup',
  backupIs: (at: string, bytes: number): string => `${instantText(at)} (${bytesText(bytes)}), `,
  proved: 'proved by restoring it',
  damaged: 'damaged since',
  noBackup: 'none yet',
  unreachable: 'not known: the folder for backups cannot be reached',
  toBackups: 'Backups…',
  kept: 'Put aside',
  keptIs: (bytes: number): string => `${bytesText(bytes)} that repairs and restores replaced`,
  showKept: 'Show it',
  showFolder: 'Show the folder',
  save: 'Save a diagnostic bundle…',
  saveHint:
    'A file for support: versions, sizes, counts and the last lines of the database program. No names, no titles, no paths.',
  saved: 'The diagnostic bundle is saved.',
} as const;
