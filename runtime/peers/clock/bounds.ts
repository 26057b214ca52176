/**
 * What one exchange of pings proves: an interval in which the difference of two clocks must lie, because no
 * message arrives before it was sent. Pure arithmetic on stamps in seconds; it knows no network and no filter.
 */

/** The other clock minus ours lies within [lowSeconds, highSeconds]. */
export interface OffsetBounds {
  readonly lowSeconds: number;
  readonly highSeconds: number;
}

/** The four stamps of a round trip: ours, theirs, theirs, ours. */
export interface RoundTrip {
  readonly sentSeconds: number;
  readonly receivedSeconds: number;
  readonly answeredSeconds: number;
  readonly returnedSeconds: number;
}

/** Interval that a round trip proves, with stamps that are `grainSeconds` coarse; null for impossible stamps. */
export function provenBounds(trip: RoundTrip, grainSeconds: number): OffsetBounds | null {
  const lowSeconds = trip.answeredSeconds - trip.returnedSeconds - grainSeconds;
  const highSeconds = trip.receivedSeconds - trip.sentSeconds + grainSeconds;
  const held = trip.answeredSeconds - trip.receivedSeconds;
  const away = trip.returnedSeconds - trip.sentSeconds;
  if (!(held >= 0) || !(away >= 0) || !(lowSeconds <= highSeconds)) return null;
  return { lowSeconds, highSeconds };
}

/** Width: the round trip without the time the answer was held. */
export const widthSeconds = (bounds: OffsetBounds): number => bounds.highSeconds - bounds.lowSeconds;

/** The middle, wrong by half the difference of the two ways at most. */
export const middleSeconds = (bounds: OffsetBounds): number =>
  bounds.lowSeconds + (bounds.highSeconds - bounds.lowSeconds) / 2;

/** What both prove; null where they contradict each other. */
export function intersection(a: OffsetBounds, b: OffsetBounds): OffsetBounds | null {
  const lowSeconds = Math.max(a.lowSeconds, b.lowSeconds);
  const highSeconds = Math.min(a.highSeconds, b.highSeconds);
  return lowSeconds <= highSeconds ? { lowSeconds, highSeconds } : null;
}

/** The same bounds after the offset moved by `shift` and became uncertain by `doubt` either way. */
export function carried(bounds: OffsetBounds, shiftSeconds: number, doubtSeconds: number): OffsetBounds {
  return {
    lowSeconds: bounds.lowSeconds + shiftSeconds - doubtSeconds,
    highSeconds: bounds.highSeconds + shiftSeconds + doubtSeconds,
  };
}

/** The nearest value inside. */
export const clampInto = (bounds: OffsetBounds, seconds: number): number =>
  Math.min(bounds.highSeconds, Math.max(bounds.lowSeconds, seconds));
