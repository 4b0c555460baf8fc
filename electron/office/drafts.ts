import { rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { drafts } from '../contract/drafts.ts';
import type { Log } from '../log.ts';
import { settingsFile } from '../settingsFile.ts';

const draft = drafts.kept.output.shape.draft.unwrap();
/** What somebody was typing into one form, and when. */
export type Draft = z.infer<typeof draft>;

const content = z.strictObject({ drafts: z.array(draft) });
/** More forms than anybody has open; should they pile up, the oldest go. */
const most = 10;

/** What one person was typing, a draft for each form. */
export interface KeptDrafts {
  /** The latest first. */
  read(): readonly Draft[];
  /** Puts it in the place of what was kept of its form. @throws Failure STORE_FULL */
  keep(draft: Draft): void;
  /** @throws Failure STORE_FULL */
  forget(form: string): void;
}

/** Drafts lie in files of the office's folder, one for each user, beside the engine's data and not in them. */
export function keptDrafts(officeFolder: string, userId: string, log: Log): KeptDrafts {
  const file = path.join(officeFolder, 'drafts', `${userId}.json`);
  const { read, write } = settingsFile(file, content, 'draft', log);
  const all = (): readonly Draft[] => read()?.drafts ?? [];
  const others = (form: string): Draft[] => all().filter((each) => each.form !== form);
  return {
    read: all,
    keep(next) {
      write({ drafts: [next, ...others(next.form)].slice(0, most) });
    },
    forget(form) {
      const left = others(form);
      if (left.length > 0) write({ drafts: left });
      else rmSync(file, { force: true });
    },
  };
}
