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
  call(functionName: string, request: object, ...binary: Buffer[]): Promise<unknown>;
}
