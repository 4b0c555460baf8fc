import { EngineTrouble } from '../redis/engine.ts';

/** Whatever kept an office from being opened, as a trouble. @param folder concerned where the error does not tell */
export const asTrouble = (error: unknown, folder: string): EngineTrouble =>
  error instanceof EngineTrouble ? error : new EngineTrouble('unstartable', folder, String(error));

/** What the log is told of a trouble. */
export const troubleFacts = ({ reason, path, log }: EngineTrouble) => ({
  reason,
  path,
  said: log.slice(0, 1_000),
});
