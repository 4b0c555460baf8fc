import { boundsInForce } from '../../ranking/rankOrders.ts';
import type { Store } from '../../redis/store.ts';
import { SegmentBuilder, type FiledClient } from '../segment/buildSegment.ts';
import { codersOf } from '../../ranking/orderCodes.ts';
import type { StagedMeeting } from './staged.ts';
import type { Staging } from './staging.ts';

/** A meeting for the store, with its client and the id of its owner. */
export interface FiledMeeting {
  readonly meeting: StagedMeeting;
  readonly client: FiledClient;
  readonly ownerId: string;
}

/** Stages meetings that were made here rather than read from a file. */
export class MeetingStager {
  readonly #staging: Staging;
  readonly #builder: SegmentBuilder;

  private constructor(staging: Staging, builder: SegmentBuilder) {
    this.#staging = staging;
    this.#builder = builder;
  }

  /** @param by id of the user who imports */
  static async of(store: Store, staging: Staging, by: string): Promise<MeetingStager> {
    const bounds = await boundsInForce(store);
    const stamps = { by, at: staging.at, coders: codersOf(bounds), generations: bounds };
    return new MeetingStager(staging, new SegmentBuilder(stamps));
  }

  /** @param filed at most 65,536 */
  async stage(filed: readonly FiledMeeting[]): Promise<void> {
    if (filed.length === 0) return;
    const segment = this.#builder.build(
      filed.map(({ meeting }) => meeting),
      await this.#staging.reserve(filed.length),
      filed.map(({ client }) => client),
      filed.map(({ ownerId }) => ownerId),
    );
    await this.#staging.segment(segment);
  }
}
