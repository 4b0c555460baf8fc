/**
 * The office's store as handlers see it: Lua functions called by name, one JSON request in, one JSON reply out.
 * Where the store is (bundled engine, later perhaps a server) is decided by whoever makes the Store.
 */
export interface Store {
  /**
   * Calls a function of the Lua library, for example `meetings_filter`.
   * @param request plain JSON; the store adds what every call carries
   * @param binary extra arguments handed to the function as bytes
   * @returns the parsed reply
   * @throws Failure, translated from the code the function raised; UNKNOWN_OUTCOME when the connection broke after a write was sent
   */
  call(functionName: string, request: object, ...binary: Uint8Array[]): Promise<unknown>;

  /**
   * Writes records of meetings whose rows an import has reserved and nobody sees yet. Not through Lua, which would take
   * longer over the bytes than Redis takes over everything else.
   * @param first row of the first record; the others follow
   * @throws Failure as `call`; writing the same again is safe
   */
  writeRecords(first: number, records: RecordBytes): Promise<void>;

  /**
   * Reads records of meetings, deleted and unseen ones too, for work on the store itself. Past Lua, as they are written.
   * @param rows some hundred
   * @returns JSON texts in the same order, null where there is no record
   * @throws Failure as `call`
   */
  readRecords(rows: readonly number[]): Promise<(string | null)[]>;
}

/** Records as JSON in UTF-8, one after the other: threads hand them over whole, and no string is made of them again. */
export interface RecordBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Bytes of each record. */
  readonly lengths: Uint32Array<ArrayBuffer>;
}
