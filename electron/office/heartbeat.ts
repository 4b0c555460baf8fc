/**
 * Asks an engine again and again whether it still answers; one that hangs ends by itself never.
 *
 * Silence is counted in beats, not in time: when the computer slept or this program was held up, only one beat is missed,
 * and an engine that is well answers before the next. A slow disk may hold the engine up for seconds in one write, so it
 * is given up late.
 */
export interface Heartbeat {
  close(): void;
}

export interface HeartbeatOptions {
  /** Asks once; that it rejects is no answer either. */
  readonly ping: () => Promise<unknown>;
  /** Called once, when so many beats in a row went without an answer. */
  readonly onSilent: () => void;
  readonly everyMs?: number;
  readonly patientBeats?: number;
}

export const beatMs = 1_000;
export const patientBeats = 8;

export function watchHeartbeat(options: HeartbeatOptions): Heartbeat {
  const { ping, onSilent, everyMs = beatMs, patientBeats: patience = patientBeats } = options;
  let isWaiting = false;
  let missed = 0;
  let timer: NodeJS.Timeout;
  const close = (): void => {
    clearTimeout(timer);
  };
  // One after the other, so that between two of them there is always time for an answer to be read.
  const next = (): void => {
    timer = setTimeout(beat, everyMs).unref();
  };
  const answered = (): void => {
    isWaiting = false;
    missed = 0;
  };
  const refused = (): void => {
    isWaiting = false;
    missed += 1;
  };
  const beat = (): void => {
    if (isWaiting) missed += 1;
    if (missed >= patience) {
      onSilent();
      return;
    }
    if (!isWaiting) {
      isWaiting = true;
      ping().then(answered, refused);
    }
    next();
  };
  next();
  return { close };
}
