import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const remembered = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int(),
  height: z.int(),
  maximized: z.boolean(),
});
/** Where a window was: in device-independent pixels. */
export type Bounds = z.infer<typeof remembered>;

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A title bar that can be reached must lie on one of the screens, or the window would be lost with its monitor. */
const isReachable = (bounds: Area, screens: readonly Area[]): boolean =>
  screens.some(
    (screen) =>
      bounds.x < screen.x + screen.width - 100 &&
      bounds.x + bounds.width > screen.x + 100 &&
      bounds.y >= screen.y &&
      bounds.y < screen.y + screen.height - 40,
  );

/** @returns null when nothing is remembered, or when it is on no screen any more */
export function readBounds(file: string, screens: readonly Area[]): Bounds | null {
  try {
    const bounds = remembered.parse(JSON.parse(readFileSync(file, 'utf8')));
    return isReachable(bounds, screens) ? bounds : null;
  } catch {
    return null;
  }
}

/** Forgetting it is no harm, so a failure is let pass. */
export function writeBounds(file: string, bounds: Bounds): void {
  try {
    writeFileSync(`${file}.tmp`, JSON.stringify(bounds));
    renameSync(`${file}.tmp`, file);
  } catch {
    // A full disk or a read-only folder.
  }
}
