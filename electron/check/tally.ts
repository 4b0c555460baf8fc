/** How many rows must have each value, counted from records, by field. */
export class Tally {
  readonly #counts = new Map<string, Map<string, number>>();
  readonly #shards: number;
  #shard = 0;

  /** @param shards in how many parts the words of meetings are counted, one at a time, so that memory stays bounded */
  constructor(shards: number) {
    this.#shards = shards;
  }

  /** Forgets everything and counts another part. */
  begin(shard: number): void {
    this.#shard = shard;
    this.#counts.clear();
  }

  /** Whether values like this one are counted at the moment. */
  counts(field: string, value: string): boolean {
    if (field !== 'meetings_word' || this.#shards === 1) return this.#shard === 0;
    return shardOf(value) % this.#shards === this.#shard;
  }

  add(field: string, value: string): void {
    let values = this.#counts.get(field);
    if (!values) this.#counts.set(field, (values = new Map()));
    values.set(value, (values.get(value) ?? 0) + 1);
  }

  of(field: string, value: string): number {
    return this.#counts.get(field)?.get(value) ?? 0;
  }
}

/** FNV-1a. */
function shardOf(value: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < value.length; at += 1) hash = Math.imul(hash ^ value.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
