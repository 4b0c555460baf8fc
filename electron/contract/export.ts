import { z } from 'zod';

/** What an export came to. */
export const exportReport = z.object({
  /** Of one that was cancelled, or for which no folder was chosen, nothing is there. */
  state: z.enum(['done', 'cancelled', 'notChosen']),
  /** The new folder in full; empty unless done. */
  folder: z.string(),
  meetings: z.int().min(0),
  clients: z.int().min(0),
  users: z.int().min(0),
  bytes: z.number().min(0),
  elapsedMs: z.number().min(0),
});
export type ExportReport = z.infer<typeof exportReport>;

export const exportProgress = z.object({
  /** What is being written: `clients` with a file for each, then `meetings`, then the `journal`. */
  part: z.enum(['clients', 'meetings', 'journal']),
  share: z.number().min(0).max(1),
});
export type ExportProgress = z.infer<typeof exportProgress>;
