import { randomUUID } from 'node:crypto';
import { Failure } from '../contract/failure.ts';
import { failureSentence } from '../contract/failureText.ts';
import { reportShows, type ImportProgress, type Mapping, type ReportShow } from '../contract/imports.ts';
import type { Log } from '../log.ts';
import { boundsInForce, needsRanking, rankOrders } from '../ranking/rankOrders.ts';
import type { Store } from '../redis/store.ts';
import { discardImport } from './discardImport.ts';
import { FileTrouble } from './file/fileTrouble.ts';
import { noCounts } from './matching/outcomeSorter.ts';
import type { Reader } from './reader.ts';
import type { FileSample, SegmentBatch } from './readerMessages.ts';
import { OutcomeFile } from './report/outcomeFile.ts';
import type { OrderBounds } from '../ranking/codes.ts';
import { Staging, type Committed } from './store/staging.ts';
import { lookupsOf, provide } from './store/storeSide.ts';

export interface ImportRequest {
  readonly store: Store;
  readonly reader: Reader;
  /** Id of the user who imports. */
  readonly actor: string;
  readonly path: string;
  /** The file's name, which the journal keeps. */
  readonly label: string;
  readonly mapping: Mapping;
  /** Only finds out what the import would do. */
  readonly dryRun: boolean;
  /** The office's zone. */
  readonly zone: string;
  readonly writeId: string;
  readonly log: Log;
  /** Whether the drive of the office has no room left; asked when the store is gone, for that may be why. */
  readonly isDiskFull?: () => Promise<boolean>;
  /** Called when the state changes, and at most ten times a second between. */
  readonly onProgress: (progress: ImportProgress) => void;
}

const progressEveryMs = 100;

/** What an import, or a dry run, did so far. */
export interface ImportCounts {
  readonly rows: Record<ReportShow, number>;
  newClients: number;
  newUsers: number;
}

/** One import, from the file to the store, in the background. All of it is seen at the end, or nothing of it ever. */
export class ImportJob {
  readonly importId: string;
  readonly actor: string;
  readonly dryRun: boolean;
  /** Rows that are told of; see `imports.report`. */
  readonly outcomes: OutcomeFile;
  readonly counts: ImportCounts = { rows: noCounts(), newClients: 0, newUsers: 0 };
  /** Resolves when the import is over, however it ended; never rejects. */
  readonly over: Promise<void>;
  readonly #request: ImportRequest;
  /** Null in a dry run. */
  readonly #staging: Staging | null;
  readonly #began = performance.now();
  /** By owner's id, numbers of the new clients whose meetings the owner has. */
  readonly #ownersOfNew = new Map<string, number[]>();
  #progress: ImportProgress;
  #lastSaidMs = 0;
  #committed: Committed | null = null;
  /** Whether the store was told to show the meetings, so that they may be in although no answer came. */
  #isShowing = false;
  readonly #cancelling = new AbortController();

  private constructor(request: ImportRequest, staging: Staging | null, outcomes: OutcomeFile) {
    this.#request = request;
    this.#staging = staging;
    this.outcomes = outcomes;
    this.importId = staging?.importId ?? randomUUID();
    this.actor = request.actor;
    this.dryRun = request.dryRun;
    const nothing = { rowsRead: 0, rowsAccepted: 0, rowsRefused: 0, share: 0, elapsedMs: 0, message: '' };
    this.#progress = { importId: this.importId, state: 'reading', ...nothing };
    this.over = this.#run();
  }

  /** @throws Failure when the import may not begin */
  static async start(request: ImportRequest): Promise<ImportJob> {
    const { dryRun, store, actor, label } = request;
    const outcomes = await OutcomeFile.make();
    try {
      // The job says at once that it runs: an import that has begun and is not known to run is discarded.
      return new ImportJob(request, dryRun ? null : await Staging.begin(store, actor, label), outcomes);
    } catch (error) {
      await outcomes.remove();
      throw error;
    }
  }

  get progress(): ImportProgress {
    return this.#progress;
  }

  /** What it did, or would do, so far; the rows are in `outcomes`. */
  get report() {
    const { rows: counts, newClients, newUsers } = this.counts;
    const { entry = null, left = 0 } = this.#committed ?? {};
    return { entry, dryRun: this.dryRun, counts, newClients, newUsers, left };
  }

  /** Null unless something came in. */
  get committed(): Committed | null {
    return this.#committed;
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

  /** Forgets the report. */
  async forget(): Promise<void> {
    await this.outcomes.remove();
  }

  async #run(): Promise<void> {
    try {
      await this.#readAll();
      if (this.#staging) await this.#bringIn(this.#staging);
      this.#say({ state: 'done', share: 1 });
    } catch (error) {
      await this.#discard();
      if (this.#cancelling.signal.aborted) this.#say({ state: 'cancelled' });
      else await this.#fail(error);
    }
  }

  async #readAll(): Promise<void> {
    const { store, reader, actor, path, mapping, zone, dryRun } = this.#request;
    const { signal } = this.#cancelling;
    const staging = this.#staging;
    this.#say({});
    const segments = reader.read(
      {
        ...{ path, mapping, zone, dryRun, by: actor, at: staging?.at ?? '' },
        ...{ defaultOwner: mapping.defaults.ownerId ?? actor, outcomesFile: this.outcomes.path },
      },
      {
        ...(await lookupsOf(store, actor, mapping)),
        balance: (sample) => this.#balanceOrders(sample),
        provide: (need) => provide(need, staging!),
      },
      signal,
    );
    for await (const batch of segments) {
      if (batch.segment) await staging!.segment(batch.segment);
      if (batch.updates.length > 0) await staging!.updates(batch.updates);
      for (const [owner, slots] of batch.ownersOfNew) {
        const known = this.#ownersOfNew.get(owner);
        if (known) known.push(...slots);
        else this.#ownersOfNew.set(owner, [...slots]);
      }
      this.#count(batch);
    }
    signal.throwIfAborted();
  }

  async #bringIn(staging: Staging): Promise<void> {
    const { added, updated } = this.counts.rows;
    if (added + updated === 0) {
      await this.#discard();
      return;
    }
    this.#say({ state: 'finishing', share: 1 });
    for (const user of this.#request.mapping.viewers.users) await staging.viewer(user);
    for (const [owner, slots] of this.#ownersOfNew) await staging.viewer(owner, slots);
    // Sort orders stay exact either way, but quick only when they know how the new rows are spread.
    if (await needsRanking(this.#request.store)) await rankOrders(this.#request.store);
    this.#isShowing = true;
    this.#committed = await staging.commit(this.#request.writeId);
  }

  /** An import that is most of the office decides how its sort orders are balanced, before its rows get their codes. */
  async #balanceOrders(sample: FileSample): Promise<OrderBounds> {
    const { store } = this.#request;
    const stamps = sample.keys.start.map(() => this.#staging!.at);
    const keys = { ...sample.keys, createdAt: stamps, changed: stamps };
    if (await needsRanking(store, sample.meetings)) await rankOrders(store, { keys, rows: sample.meetings });
    return boundsInForce(store);
  }

  #count(batch: SegmentBatch): void {
    this.outcomes.add(batch.outcomes);
    for (const show of reportShows) this.counts.rows[show] += batch.counts[show];
    this.counts.newClients += batch.newClients;
    this.counts.newUsers += batch.newUsers;
    const { rowsRead, rowsAccepted, rowsRefused } = this.#progress;
    const counted: Partial<ImportProgress> = {
      rowsRead: rowsRead + batch.rows,
      rowsAccepted: rowsAccepted + batch.rows - batch.rowsRefused,
      rowsRefused: rowsRefused + batch.rowsRefused,
      share: batch.share,
    };
    if (this.#progress.state === 'reading') this.#say({ ...counted, state: 'writing' });
    else if (performance.now() - this.#lastSaidMs >= progressEveryMs) this.#say(counted);
    else this.#progress = { ...this.#progress, ...counted };
  }

  #say(change: Partial<ImportProgress>): void {
    this.#lastSaidMs = performance.now();
    this.#progress = { ...this.#progress, ...change, elapsedMs: this.#lastSaidMs - this.#began };
    this.#request.onProgress(this.#progress);
  }

  async #fail(error: unknown): Promise<void> {
    const { log, isDiskFull } = this.#request;
    log.warn('import failed', { importId: this.importId, why: String(error) });
    const isFull = isUnreachable(error) && ((await isDiskFull?.()) ?? false);
    this.#say({ state: 'failed', message: sentenceOf(error, this.#isShowing, isFull) });
  }

  /** What cannot be removed now, because the store is gone, is invisible and goes at the next start. */
  async #discard(): Promise<void> {
    const { store, log } = this.#request;
    if (this.dryRun) return;
    await discardImport(store, this.importId).catch((error: unknown) => {
      log.warn('import could not be discarded', { importId: this.importId, why: String(error) });
    });
  }
}

/** Failures of a connection; of an import more is known than their own sentences say. */
const unreachable = new Set(['UNKNOWN_OUTCOME', 'STORE_UNAVAILABLE']);

const isUnreachable = (error: unknown): boolean => error instanceof Failure && unreachable.has(error.code);

function sentenceOf(error: unknown, mayBeIn: boolean, isDiskFull: boolean): string {
  if (error instanceof FileTrouble) return `${error.message}.`;
  if (isUnreachable(error)) {
    const why = isDiskFull ? 'The drive of this office is full' : 'The data could not be reached any more';
    return mayBeIn
      ? `${why}, and it is not certain whether the meetings came in. Import the file again: what is in already does not come twice.`
      : `${why}, and nothing of the file came in.`;
  }
  if (error instanceof Failure) return failureSentence(error.code, error.detail);
  return failureSentence('INTERNAL', '');
}
