import { Failure } from '../contract/failure.ts';
import { failureSentence } from '../contract/failureText.ts';
import type { ImportProgress, Mapping, RefusedRow } from '../contract/imports.ts';
import type { Log } from '../log.ts';
import { boundsInForce, needsRanking, rankOrders } from '../ranking/rankOrders.ts';
import type { Store } from '../redis/store.ts';
import { provide } from './store/provide.ts';
import { discardImport } from './discardImport.ts';
import { FileTrouble } from './file/fileTrouble.ts';
import { knownClients, knownUsers } from './store/knownNames.ts';
import { limits } from './file/limits.ts';
import type { Reader } from './reader.ts';
import type { FileSample, SegmentBatch } from './readerMessages.ts';
import type { OrderBounds } from './segment/codes.ts';
import { Staging, type Committed } from './store/staging.ts';

export interface ImportRequest {
  readonly store: Store;
  readonly reader: Reader;
  /** Id of the user who imports. */
  readonly actor: string;
  readonly path: string;
  /** The file's name, which the journal keeps. */
  readonly label: string;
  readonly mapping: Mapping;
  /** The office's zone. */
  readonly zone: string;
  readonly writeId: string;
  readonly log: Log;
  /** Called when the state changes, and at most ten times a second between. */
  readonly onProgress: (progress: ImportProgress) => void;
}

const progressEveryMs = 100;

/** One import, from the file to the store, in the background. All of it is seen at the end, or nothing of it ever. */
export class ImportJob {
  readonly importId: string;
  readonly actor: string;
  /** Resolves when the import is over, however it ended; never rejects. */
  readonly over: Promise<void>;
  readonly #request: ImportRequest;
  readonly #staging: Staging;
  readonly #refused: RefusedRow[] = [];
  #progress: ImportProgress;
  #lastSaidMs = 0;
  #committed: Committed | null = null;
  /** Whether the store was told to show the meetings, so that they may be in although no answer came. */
  #isShowing = false;
  readonly #cancelling = new AbortController();

  private constructor(request: ImportRequest, staging: Staging) {
    this.#request = request;
    this.#staging = staging;
    this.importId = staging.importId;
    this.actor = request.actor;
    const nothing = { rowsRead: 0, rowsAccepted: 0, rowsRefused: 0, share: 0, message: '' };
    this.#progress = { importId: this.importId, state: 'reading', ...nothing };
    this.over = this.#run();
  }

  /** @throws Failure when the import may not begin */
  static async start(request: ImportRequest): Promise<ImportJob> {
    return new ImportJob(request, await Staging.begin(request.store, request.actor, request.label));
  }

  get progress(): ImportProgress {
    return this.#progress;
  }

  /** Null unless meetings came in. */
  get committed(): Committed | null {
    return this.#committed;
  }

  /** The first refused rows, in the order of the file; how many there are says `progress.rowsRefused`. */
  get refused(): readonly RefusedRow[] {
    return this.#refused;
  }

  get isOver(): boolean {
    return ['done', 'cancelled', 'failed'].includes(this.#progress.state);
  }

  /** Stops the import unless it is already being made visible. @returns whether it could still be stopped */
  async cancel(): Promise<boolean> {
    if (this.#progress.state === 'finishing' || this.isOver) return false;
    this.#cancelling.abort();
    await this.over;
    return this.#progress.state === 'cancelled';
  }

  async #run(): Promise<void> {
    try {
      await this.#stageAll();
      if (this.#progress.rowsAccepted === 0) await this.#discard();
      else await this.#show();
      this.#say({ state: 'done', share: 1 });
    } catch (error) {
      await this.#discard();
      if (this.#cancelling.signal.aborted) this.#say({ state: 'cancelled' });
      else this.#fail(error);
    }
  }

  async #stageAll(): Promise<void> {
    const { store, reader, actor, path, mapping, zone } = this.#request;
    const { signal } = this.#cancelling;
    this.#say({});
    const users = await knownUsers(store, actor);
    const known = { clients: await knownClients(store, actor), users: users.byName };
    const segments = reader.read(
      {
        ...{ path, mapping, zone, by: actor, at: this.#staging.at },
        defaultOwner: mapping.defaults.ownerId ?? actor,
      },
      {
        balance: (sample) => this.#balanceOrders(sample),
        provide: (need) => provide(need, this.#staging, known),
      },
      signal,
    );
    for await (const batch of segments) {
      if (batch.segment) await this.#staging.segment(batch.segment);
      this.#count(batch);
    }
    signal.throwIfAborted();
  }

  /** An import that is most of the office decides how its sort orders are balanced, before its rows get their codes. */
  async #balanceOrders(sample: FileSample): Promise<OrderBounds> {
    const { store } = this.#request;
    const keys = { ...sample.keys, changed: sample.keys.start.map(() => this.#staging.at) };
    if (await needsRanking(store, sample.meetings)) await rankOrders(store, { keys, rows: sample.meetings });
    return boundsInForce(store);
  }

  async #show(): Promise<void> {
    this.#say({ state: 'finishing', share: 1 });
    // Sort orders stay exact either way, but quick only when they know how the new rows are spread.
    if (await needsRanking(this.#request.store)) await rankOrders(this.#request.store);
    this.#isShowing = true;
    this.#committed = await this.#staging.commit(this.#request.writeId);
  }

  #count(batch: SegmentBatch): void {
    const room = limits.refusedKept - this.#refused.length;
    this.#refused.push(...batch.refused.slice(0, room));
    const { rowsRead, rowsAccepted, rowsRefused } = this.#progress;
    const counted: Partial<ImportProgress> = {
      rowsRead: rowsRead + batch.rows,
      rowsAccepted: rowsAccepted + batch.rows - batch.refused.length,
      rowsRefused: rowsRefused + batch.refused.length,
      share: batch.share,
    };
    if (this.#progress.state === 'reading') this.#say({ ...counted, state: 'writing' });
    else if (performance.now() - this.#lastSaidMs >= progressEveryMs) this.#say(counted);
    else this.#progress = { ...this.#progress, ...counted };
  }

  #say(change: Partial<ImportProgress>): void {
    this.#progress = { ...this.#progress, ...change };
    this.#lastSaidMs = performance.now();
    this.#request.onProgress(this.#progress);
  }

  #fail(error: unknown): void {
    this.#request.log.warn('import failed', { importId: this.importId, why: String(error) });
    this.#say({ state: 'failed', message: sentenceOf(error, this.#isShowing) });
  }

  /** What cannot be removed now, because the store is gone, is invisible and goes at the next start. */
  async #discard(): Promise<void> {
    const { store, log } = this.#request;
    await discardImport(store, this.importId).catch((error: unknown) => {
      log.warn('import could not be discarded', { importId: this.importId, why: String(error) });
    });
  }
}

/** Failures of a connection; the office's own sentences for them advise to try again, which would be a second import. */
const unreachable = new Set(['UNKNOWN_OUTCOME', 'STORE_UNAVAILABLE']);

function sentenceOf(error: unknown, mayBeIn: boolean): string {
  if (error instanceof FileTrouble) return `${error.message}.`;
  if (error instanceof Failure && unreachable.has(error.code)) {
    return mayBeIn
      ? 'The data could not be reached any more, and it is not certain whether the meetings came in: look for them before you import the file again.'
      : 'The data could not be reached any more, and nothing of the file came in.';
  }
  if (error instanceof Failure) return failureSentence(error.code, error.detail);
  return failureSentence('INTERNAL', '');
}
