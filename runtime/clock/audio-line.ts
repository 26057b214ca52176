/**
 * The line between the audio clock (context seconds) and performance.now(): where a frame is heard on the page's
 * clock. It stands alone because hosts give this line in three qualities (getOutputTimestamp, output latency,
 * nothing) and each must be checked before it is believed. Pure: it is fed samples and knows no AudioContext.
 */

/** What the host says now. `stamp` is AudioContext.getOutputTimestamp() where there is one. */
export interface ClockSample {
  /** performance.now() / 1000 at the reading. */
  readonly nowSeconds: number;
  /** AudioContext.currentTime at the reading: the start of the next block. */
  readonly contextSeconds: number;
  readonly outputLatencySeconds: number | undefined;
  readonly baseLatencySeconds: number | undefined;
  /** The context time heard at performanceTime (milliseconds); zeros before the first sound. */
  readonly stamp: { readonly contextTime?: number; readonly performanceTime?: number } | null;
}

/** A stamp older than this is not believed. */
const STAMP_AGE_SECONDS = 1;
/** A device may be this slow at most; more is a broken report. */
const LATENCY_LIMIT_SECONDS = 3;
/** Jumps beyond this are followed at once, smaller ones are smoothed away. */
const JUMP_SECONDS = 0.03;
const SMOOTHING = 0.1;

/** Seconds that must be added to a context time to get performance time, from one reading. */
export function offsetOf(sample: ClockSample): number {
  const { stamp, nowSeconds, contextSeconds } = sample;
  const plain = nowSeconds - contextSeconds + latencyOf(sample);
  if (!stamp?.performanceTime || stamp.contextTime === undefined) return plain;
  const stampSeconds = stamp.performanceTime / 1000;
  const age = nowSeconds - stampSeconds;
  const heard = stamp.contextTime + age;
  const latency = contextSeconds - heard;
  const believable =
    Number.isFinite(heard) &&
    stamp.contextTime > 0 &&
    age > -STAMP_AGE_SECONDS &&
    age < STAMP_AGE_SECONDS &&
    latency > -0.05 &&
    latency < LATENCY_LIMIT_SECONDS;
  return believable ? stampSeconds - stamp.contextTime : plain;
}

function latencyOf({ outputLatencySeconds, baseLatencySeconds }: ClockSample): number {
  for (const seconds of [outputLatencySeconds, baseLatencySeconds]) {
    if (seconds !== undefined && seconds > 0 && seconds < LATENCY_LIMIT_SECONDS) return seconds;
  }
  return 0;
}

/** The line, smoothed over readings. */
export class AudioLine {
  private offset: number | null = null;

  /** Takes a reading into account; call it a few times a second while the context runs. */
  read(sample: ClockSample): void {
    const next = offsetOf(sample);
    if (!Number.isFinite(next)) return;
    if (this.offset === null || Math.abs(next - this.offset) > JUMP_SECONDS) this.offset = next;
    else this.offset += (next - this.offset) * SMOOTHING;
  }

  /** Forgets all readings: the context was suspended or replaced. */
  reset(): void {
    this.offset = null;
  }

  /** performance.now() / 1000 at which the context time is heard; null before the first reading. */
  heardAtSeconds(contextSeconds: number): number | null {
    return this.offset === null ? null : contextSeconds + this.offset;
  }

  /** Context time heard at a performance time. Inverse of heardAtSeconds. */
  contextAtSeconds(performanceSeconds: number): number | null {
    return this.offset === null ? null : performanceSeconds - this.offset;
  }
}
