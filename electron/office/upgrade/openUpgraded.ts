import { OtherLayout } from '../officeFacts.ts';
import { openStore, type OpenStore, type StoreOptions } from '../openStore.ts';
import { upgradeFrom, type Upgrade } from './layouts.ts';
import { upgradeOffice } from './upgradeOffice.ts';

export interface UpgradingOptions extends StoreOptions {
  /** The office's; holds the data. */
  readonly folder: string;
  /** Gives an upgrade up. */
  readonly signal: AbortSignal;
  /** Told the share of an upgrade that is done, 0 to 1, whenever it has grown by a hundredth. */
  readonly onProgress: (share: number) => void;
}

async function upgradeAt(options: UpgradingOptions, upgrade: Upgrade): Promise<void> {
  const { from, to } = upgrade;
  const began = performance.now();
  let told = -1;
  const onProgress = (share: number): void => {
    if (share < told + 0.01 && share < 1) return;
    told = share;
    options.onProgress(share);
  };
  onProgress(0);
  const kept = await upgradeOffice({ ...options, upgrade, onProgress });
  const ms = Math.round(performance.now() - began);
  options.log.info('office upgraded', { from, to, ms, kept });
}

/**
 * Opens the data of an office; those of an older layout are brought up to date first.
 * @throws EngineTrouble; AbortError when an upgrade was given up
 */
export async function openUpgraded(options: UpgradingOptions): Promise<OpenStore> {
  try {
    return await openStore(options);
  } catch (error) {
    const upgrade = error instanceof OtherLayout ? upgradeFrom(error.layout) : null;
    if (!upgrade) throw error;
    await upgradeAt(options, upgrade);
    return openStore(options);
  }
}
