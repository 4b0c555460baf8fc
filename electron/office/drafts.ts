import { rmSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { drafts } from '../contract/drafts.ts';
import type { Log } from '../log.ts';
import { settingsFile } from '../settingsFile.ts';

const content = drafts.kept.output.shape.draft.unwrap();
/** What somebody was typing, and when. */
export type Draft = z.infer<typeof content>;

/** What one person was typing when it was kept last. */
export interface KeptDraft {
  /** Null when there is nothing that can be read. */
  read(): Draft | null;
  /** @throws Failure STORE_FULL */
  write(draft: Draft): void;
  forget(): void;
}

/** Drafts lie in files of the office's folder, one for each user, beside the engine's data and not in them. */
export function keptDraft(officeFolder: string, userId: string, log: Log): KeptDraft {
  const file = path.join(officeFolder, 'drafts', `${userId}.json`);
  return {
    ...settingsFile(file, content, 'draft', log),
    forget: () => {
      rmSync(file, { force: true });
    },
  };
}
