import { backupsHandlers } from './backups.ts';
import { clientsHandlers } from './clients.ts';
import type { Handlers } from './context.ts';
import { draftsHandlers } from './drafts.ts';
import { healthHandlers } from './health.ts';
import { importsHandlers } from './imports.ts';
import { journalHandlers } from './journal.ts';
import { meetingsHandlers } from './meetings.ts';
import { officeHandlers } from './office.ts';
import { officesHandlers } from './offices.ts';
import type { Services } from './services.ts';
import { sessionHandlers } from './session.ts';
import { updatesHandlers } from './updates.ts';
import { usersHandlers } from './users.ts';

/** What answers every call of the contract. */
export const createHandlers = (services: Services): Handlers => ({
  session: sessionHandlers(services),
  office: officeHandlers(services),
  offices: officesHandlers(services),
  meetings: meetingsHandlers,
  clients: clientsHandlers,
  users: usersHandlers,
  drafts: draftsHandlers(services),
  journal: journalHandlers(services.archive),
  imports: importsHandlers(services.imports),
  backups: backupsHandlers(services),
  updates: updatesHandlers(services),
  health: healthHandlers(services),
});
