/**
 * A Kalman filter with two states: the offset of another clock against ours and its drift. It stands alone so that
 * its laws can be tested without pings. Times are seconds of our clock, drift is seconds per second.
 * Source: R. E. Kalman, "A New Approach to Linear Filtering and Prediction Problems", 1960.
 */

/** Two crystals of +-50 ppm each differ by this much at first, as a standard deviation. */
const FIRST_DRIFT_DEVIATION = 60e-6;
/** No two crystals differ by more, in seconds per second. */
export const DRIFT_LIMIT = 200e-6;
/** What is doubted of the drift when the offset jumps. */
const RESTART_DRIFT_DEVIATION = 2e-6;
/** How a crystal wanders with temperature: variance of drift gained per second. */
const DRIFT_WANDER_PER_SECOND = 0.01e-6 ** 2;
/** Variance of offset gained per second: rounding of stamps, scheduling. */
const OFFSET_WANDER_PER_SECOND = 0.5e-6 ** 2;

export class OffsetFilter {
  private atSeconds: number;
  private offset: number;
  private drift = 0;
  /** Covariance: offset, both, drift. */
  private p00: number;
  private p01 = 0;
  private p11 = FIRST_DRIFT_DEVIATION ** 2;

  constructor(atSeconds: number, offsetSeconds: number, deviationSeconds: number) {
    this.atSeconds = atSeconds;
    this.offset = offsetSeconds;
    this.p00 = deviationSeconds ** 2;
  }

  /** Offset expected at a time of our clock. */
  offsetAt(seconds: number): number {
    return this.offset + this.drift * (seconds - this.atSeconds);
  }

  /** Standard deviation of offsetAt. */
  deviationAt(seconds: number): number {
    const dt = Math.max(0, seconds - this.atSeconds);
    const wander = OFFSET_WANDER_PER_SECOND * dt + (DRIFT_WANDER_PER_SECOND * dt ** 3) / 3;
    return Math.sqrt(Math.max(0, this.p00 + 2 * dt * this.p01 + dt * dt * this.p11) + wander);
  }

  get driftSecondsPerSecond(): number {
    return this.drift;
  }

  get driftDeviation(): number {
    return Math.sqrt(this.p11);
  }

  /** Takes one sample into account; samples come in the order of time. */
  correct(seconds: number, offsetSeconds: number, deviationSeconds: number): void {
    this.predict(seconds);
    const total = this.p00 + deviationSeconds ** 2;
    const gainOffset = this.p00 / total;
    const gainDrift = this.p01 / total;
    const surprise = offsetSeconds - this.offset;
    this.offset += gainOffset * surprise;
    this.drift = Math.max(-DRIFT_LIMIT, Math.min(DRIFT_LIMIT, this.drift + gainDrift * surprise));
    const { p00, p01 } = this;
    this.p00 = (1 - gainOffset) * p00;
    this.p01 = (1 - gainOffset) * p01;
    this.p11 -= gainDrift * p01;
  }

  /** The offset jumped: it is known anew, while the crystals drift as before. */
  restart(seconds: number, offsetSeconds: number, deviationSeconds: number): void {
    this.predict(seconds);
    this.atSeconds = seconds;
    this.offset = offsetSeconds;
    this.p00 = deviationSeconds ** 2;
    this.p01 = 0;
    this.p11 += RESTART_DRIFT_DEVIATION ** 2;
  }

  /** Forces the offset into what is proven, and trusts it as far as the proof is narrow. */
  hold(seconds: number, lowSeconds: number, highSeconds: number): void {
    const now = this.offsetAt(seconds);
    if (now >= lowSeconds && now <= highSeconds) return;
    this.predict(seconds);
    this.offset = now < lowSeconds ? lowSeconds : highSeconds;
  }

  private predict(seconds: number): void {
    const dt = seconds - this.atSeconds;
    if (dt <= 0) return;
    this.offset += this.drift * dt;
    this.p00 +=
      2 * dt * this.p01 +
      dt * dt * this.p11 +
      OFFSET_WANDER_PER_SECOND * dt +
      (DRIFT_WANDER_PER_SECOND * dt ** 3) / 3;
    this.p01 += dt * this.p11 + (DRIFT_WANDER_PER_SECOND * dt * dt) / 2;
    this.p11 += DRIFT_WANDER_PER_SECOND * dt;
    this.atSeconds = seconds;
  }
}
