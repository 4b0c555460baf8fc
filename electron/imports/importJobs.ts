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
   * @throws Failure CONFLICT while another one is going on, NOT_FOUND when the default owner does not exist, NOT_ALLOWED
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
    const owner = request.mapping.defaults.ownerId;
    const users = owner === null ? null : await knownUsers(request.store, request.actor);
    if (owner !== null && !users?.ids.has(owner)) throw new Failure('NOT_FOUND', 'owner');
    const job = await ImportJob.start({ ...request, reader: this.#reader });
    this.#jobs.set(job.importId, job);
    const [oldest] = this.#jobs.keys();
    if (this.#jobs.size > most && oldest !== undefined) this.#jobs.delete(oldest);
    return job;
  }
}
