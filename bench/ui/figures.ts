export interface Figure {
  readonly what: string;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly samples: number;
  /** Median over the median of the floor, measured in the same rounds. */
  readonly timesFloor: number | null;
  /** While scrolling: frames there were, and those of them in which a row on screen was empty. */
  readonly framesPerSecond?: number;
  readonly blankFrames?: number;
}

export function figure(what: string, times: readonly number[], floorMs: number | null = null): Figure {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  const timesFloor = floorMs === null ? null : at(0.5) / floorMs;
  return { what, medianMs: at(0.5), p95Ms: at(0.95), samples: sorted.length, timesFloor };
}

/** The figures as a table. */
export function printed(figures: readonly Figure[]): string {
  const lines = ['what                                   median ms    p95 ms  samples  x floor'];
  for (const { what, medianMs, p95Ms, samples, timesFloor, framesPerSecond, blankFrames } of figures) {
    const numbers = [medianMs, p95Ms].map((ms) => ms.toFixed(1).padStart(9)).join(' ');
    const ratio = timesFloor === null ? '' : timesFloor.toFixed(1);
    const frames =
      framesPerSecond === undefined
        ? ''
        : `  ${framesPerSecond.toFixed(0)} frames a second, ${String(blankFrames)} with an empty row`;
    lines.push(
      `${what.padEnd(38)} ${numbers} ${String(samples).padStart(8)} ${ratio.padStart(8)}${frames}`.trimEnd(),
    );
  }
  return `${lines.join('\n')}\n`;
}
