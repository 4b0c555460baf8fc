import { Failure } from '../contract/failure.ts';
import { ImportJob, type ImportRequest } from './importJob.ts';
import { knownUsers } from './store/knownNames.ts';
import type { Reader } from './reader.ts';

/** Reports kept; the oldest are forgotten first. */
const most = 20;

/** The imports of this run of the program; at most one is going on. */
export class ImportJobs {
  readonly #reader: Reader;
  readonly #jobs = new Map<string, ImportJob>();
  /** By user and write id, so that a repeated start is answered, not done twice. */
  readonly #starts = new Map<string, Promise<ImportJob>>();
  #latest: Promise<ImportJob | null> = Promise.resolve(null);

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /**
   * Starts an import in the background.
   * @throws Failure CONFLICT while another one is going on, NOT_FOUND when the mapping names a user who does not exist, NOT_ALLOWED
   */
  start(request: Omit<ImportRequest, 'reader'>): Promise<ImportJob> {
    const key = `${request.actor} ${request.writeId}`;
    const repeated = this.#starts.get(key);
    if (repeated) return repeated;
    const before = this.#latest;
    const starting = this.#startAfter(before, request);
    this.#starts.set(key, starting);
    this.#latest = starting.catch(() => {
      this.#starts.delete(key);
      return before;
    });
    return starting;
  }

  /** @throws Failure NOT_FOUND when there is no such import of this user */
  find(importId: string, actor: string): ImportJob {
    const job = this.#jobs.get(importId);
    if (job?.actor !== actor) throw new Failure('NOT_FOUND', 'import');
    return job;
  }

  async #startAfter(
    before: Promise<ImportJob | null>,
    request: Omit<ImportRequest, 'reader'>,
  ): Promise<ImportJob> {
    const running = await before;
    if (running && !running.isOver) throw new Failure('CONFLICT', 'import');
    await needUsers(request);
    const job = await ImportJob.start({ ...request, reader: this.#reader });
    this.#jobs.set(job.importId, job);
    const [oldest] = this.#jobs.keys();
    if (this.#jobs.size > most && oldest !== undefined) await this.#forget(oldest);
    return job;
  }

  async #forget(importId: string): Promise<void> {
    const job = this.#jobs.get(importId);
    this.#jobs.delete(importId);
    await job?.forget();
  }
}

async function needUsers({ store, actor, mapping }: Omit<ImportRequest, 'reader'>): Promise<void> {
  const { defaults, owners, viewers } = mapping;
  const named = [defaults.ownerId, ...owners.named.map(({ userId }) => userId)];
  if (named.every((id) => id === null) && viewers.users.length === 0) return;
  const { names } = await knownUsers(store, actor);
  if (named.some((id) => id !== null && !names.has(id))) throw new Failure('NOT_FOUND', 'owner');
  if (viewers.users.some((id) => !names.has(id))) throw new Failure('NOT_FOUND', 'user');
}
