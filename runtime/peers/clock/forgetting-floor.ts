/**
 * The smallest value of the last ten minutes, and how far values usually lie above it. It stands alone because the
 * noise of a measurement is judged by its excess over this floor. Memory is bounded: one number a minute.
 */

const BUCKET_SECONDS = 60;
const BUCKETS = 10;
/** Weight of one value in the mean excess. */
const SMOOTHING = 1 / 16;

export class ForgettingFloor {
  /** Newest last: number of the minute and its smallest value. */
  private readonly buckets: { minute: number; least: number }[] = [];
  private meanExcess = 0;
  private values = 0;

  /** Takes a value; returns by how much the floor fell (0 for the first one). */
  add(atSeconds: number, value: number): number {
    const before = this.values === 0 ? value : this.floor;
    const minute = Math.floor(atSeconds / BUCKET_SECONDS);
    const newest = this.buckets.at(-1);
    if (newest && newest.minute >= minute) newest.least = Math.min(newest.least, value);
    else this.buckets.push({ minute, least: value });
    while (this.buckets[0]!.minute <= minute - BUCKETS) this.buckets.shift();
    this.values++;
    const excess = value - this.floor;
    const weight = Math.max(SMOOTHING, 1 / this.values);
    this.meanExcess += (excess - this.meanExcess) * weight;
    return Math.max(0, before - this.floor);
  }

  /** Infinity before the first value. */
  get floor(): number {
    let least = Number.POSITIVE_INFINITY;
    for (const bucket of this.buckets) if (bucket.least < least) least = bucket.least;
    return least;
  }

  /** How far the true floor may still lie below: for values spread exponentially, their mean excess over n. */
  get doubt(): number {
    return this.values === 0 ? Number.POSITIVE_INFINITY : this.meanExcess / this.values;
  }
}
