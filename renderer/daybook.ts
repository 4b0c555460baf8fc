import type { Daybook } from '../electron/contract/index.ts';

declare global {
  interface Window {
    readonly daybook: Daybook;
  }
}

/** The one place that touches `window.daybook`, which the preload script builds from the contract. */
export const daybook: Daybook = window.daybook;
