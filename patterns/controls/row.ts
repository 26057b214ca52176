/**
 * The form of a row of the controls table and a short way to write one. It knows no patterns.
 */

/** Where a control acts. */
export type Place = 'voice' | 'track' | 'orbit' | 'midi' | 'visual' | 'pattern';

export interface ControlRow {
  /** The one name under which events carry it. */
  readonly key: string;
  readonly aliases: readonly string[];
  readonly unit: string;
  /** Range of numbers; null where the value is no number or has no bound. */
  readonly min: number | null;
  readonly max: number | null;
  /** Value where an event gives none; null where that depends on the sound. */
  readonly default: number | string | null;
  readonly group: string;
  readonly where: Place;
  readonly text: string;
  /** Keys that the entries of a list fill in order; the first is the row's own. */
  readonly expands: readonly string[];
  /** Whether a part of the product follows it now. */
  readonly acts: boolean;
}

interface Extra {
  readonly expands?: string;
  readonly acts?: boolean;
  readonly where?: Place;
}

type Range = readonly [min: number | null, max: number | null, fallback: number | string | null];

/** Rows of one group: key, aliases and further keys of its list are words parted by blanks. */
export function controlsOf(group: string, where: Place) {
  return (
    key: string,
    aliases: string,
    unit: string,
    range: Range,
    text: string,
    extra: Extra = {},
  ): ControlRow => ({
    key,
    aliases: aliases === '' ? [] : aliases.split(' '),
    unit,
    min: range[0],
    max: range[1],
    default: range[2],
    group,
    where: extra.where ?? where,
    text,
    expands: extra.expands === undefined ? [key] : [key, ...extra.expands.split(' ')],
    acts: extra.acts ?? false,
  });
}

export const ANY: Range = [null, null, null];
export const UNIT: Range = [0, 1, 0];
export const SECONDS: Range = [0, 60, null];
/** Mark of a control that some part of the product follows now. */
export const ACTS: Extra = { acts: true };
