import { backups } from './text/backups.ts';
import { clients } from './text/clients.ts';
import { common, roles } from './text/common.ts';
import { drafts } from './text/drafts.ts';
import { health } from './text/health.ts';
import { imports } from './text/imports.ts';
import { journal } from './text/journal.ts';
import { meetings } from './text/meetings.ts';
import { office } from './text/office.ts';
import { shell } from './text/shell.ts';
import { start } from './text/start.ts';
import { updates } from './text/updates.ts';
import { users } from './text/users.ts';

/** Every sentence on screen. Titles of commands come from the command registry, failures from the contract. */
export const text = {
  ...common,
  roles,
  start,
  shell,
  office,
  meetings,
  clients,
  users,
  imports,
  journal,
  backups,
  updates,
  drafts,
  health,
} as const;
