import type { Contract, OutputOf, ParsedInputOf } from '../contract/index.ts';
import type { Store } from '../redis/store.ts';

/** What a handler knows beside its input. Identity comes only from the session in main, never from the screen. */
export interface Context {
  readonly store: Store;
  /** Id of the signed-in user; empty for calls anyone may make. */
  readonly actor: string;
  /** The office's IANA zone; plain dates and day ranges are read in it. */
  readonly zone: string;
  /** Which window asks; sessions belong to windows. */
  readonly windowId: number;
}

export type Handler<C> = (input: ParsedInputOf<C>, context: Context) => Promise<OutputOf<C>>;

/** The handlers of one noun: exactly the calls of its contract. */
export type HandlersOf<N extends keyof Contract> = {
  readonly [K in keyof Contract[N]]: Handler<Contract[N][K]>;
};

export type Handlers = { readonly [N in keyof Contract]: HandlersOf<N> };
