/** An event of `talea query` as one line for people: when, on which track, what. Knows the event JSON only. */

interface ReadEvent {
  readonly whole: readonly [string, string] | null;
  readonly part: readonly [string, string];
  readonly value: unknown;
  readonly track?: string;
}

const COLUMN = 10;

/**
 * `begin  end  [track]  value`, times in cycles. A fragment tells its whole behind the value; a continuous event
 * has `~` in front.
 */
export function eventLine(json: string): string {
  const { whole, part, value, track } = JSON.parse(json) as ReadEvent;
  const [begin, end] = part.map(plainTime) as [string, string];
  const when = `${(whole === null ? `~${begin}` : begin).padEnd(COLUMN)}${end.padEnd(COLUMN)}`;
  const isFragment = whole !== null && (whole[0] !== part[0] || whole[1] !== part[1]);
  const note = isFragment ? `  (of ${plainTime(whole[0])} to ${plainTime(whole[1])})` : '';
  return `${when}${track === undefined ? '' : `${track.padEnd(COLUMN)} `}${plainValue(value)}${note}`;
}

const plainTime = (fraction: string): string => fraction.replace(/\/1$/, '');

/** Controls as `s:bd gain:0.5`; anything else as JSON, text without its quotes. */
function plainValue(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  return Object.entries(value)
    .map(([key, each]) => `${key}:${typeof each === 'string' ? each : JSON.stringify(each)}`)
    .join(' ');
}
