/**
 * The floor of the last ten minutes, and how far values usually lie above it. It stands alone because the noise of a
 * measurement is judged by its excess over this floor. The floor is the second smallest value: a single one can be
 * false (a clock that jumped in the midst of a burst). Memory is bounded: two numbers a minute.
 */

const BUCKET_SECONDS = 60;
const BUCKETS = 10;
/** Weight of one value in the mean excess. */
const SMOOTHING = 1 / 16;

interface Bucket {
  readonly minute: number;
  least: number;
  second: number;
}

export class ForgettingFloor {
  /** Newest last. */
  private readonly buckets: Bucket[] = [];
  private meanExcess = 0;
  private values = 0;

  /** Takes a value; returns by how much the floor fell (0 for the first two). */
  add(atSeconds: number, value: number): number {
    const before = this.floor;
    const minute = Math.floor(atSeconds / BUCKET_SECONDS);
    let newest = this.buckets.at(-1);
    if (!newest || newest.minute < minute) {
      newest = { minute, least: Number.POSITIVE_INFINITY, second: Number.POSITIVE_INFINITY };
      this.buckets.push(newest);
    }
    newest.second = Math.min(newest.second, Math.max(newest.least, value));
    newest.least = Math.min(newest.least, value);
    while (this.buckets[0]!.minute <= minute - BUCKETS) this.buckets.shift();
    this.values++;
    const excess = Math.max(0, value - this.floor);
    this.meanExcess += (excess - this.meanExcess) * Math.max(SMOOTHING, 1 / this.values);
    return this.values <= 2 ? 0 : Math.max(0, before - this.floor);
  }

  /** The second smallest value; the only one while there is one, Infinity before it. */
  get floor(): number {
    let least = Number.POSITIVE_INFINITY;
    let second = Number.POSITIVE_INFINITY;
    for (const bucket of this.buckets) {
      second = Math.min(second, bucket.second, Math.max(least, bucket.least));
      least = Math.min(least, bucket.least);
    }
    return Number.isFinite(second) ? second : least;
  }

  /** How far the true floor may still lie below: for values spread exponentially, their mean excess over n. */
  get doubt(): number {
    return this.values === 0 ? Number.POSITIVE_INFINITY : this.meanExcess / this.values;
  }
}
