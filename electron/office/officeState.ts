import type { EngineTrouble } from '../redis/engine.ts';
import type { OfficeFacts } from './officeFacts.ts';

/** How an office is. */
export type OfficeState =
  /** `upgrading`: while data of an older layout are brought up to date, the share that is done. */
  | { readonly state: 'starting'; readonly upgrading?: number }
  | { readonly state: 'trouble'; readonly trouble: EngineTrouble }
  /** Its engine ended and is being started again, with no help from anybody; people keep what they have on the screen. */
  | ({ readonly state: 'restarting' } & OfficeFacts)
  | ({ readonly state: 'open' } & OfficeFacts);

/** What an office says of itself that people may work in, be it in a moment. */
export type KnownState = Extract<OfficeState, OfficeFacts>;

/** Whether the office is open, or will be again in a moment: the same people may do the same then. */
export const isKnownState = (state: { readonly state: string }): state is KnownState =>
  state.state === 'open' || state.state === 'restarting';
