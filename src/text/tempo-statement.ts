/**
 * The tempo statement of a text, and the edit that makes it say another tempo. The bar's field and the text are one
 * value (one cycle = one bar = four beats unless `setbpm` says otherwise), so the field rewrites the statement.
 */
import type { Edit } from './edit.ts';
import { topLevel } from './program-tree.ts';

export const BEATS_PER_CYCLE = 4;

/** Cycles per second that the engine takes. */
export const TEMPO_RANGE = { min: 0.01, max: 16 } as const;

/** A tempo call by its name: what one of its units is in cycles per minute. */
const CALLS: Readonly<Record<string, number>> = { setcpm: 1, setcps: 60, setbpm: 1 / BEATS_PER_CYCLE };

const STATEMENT = /^(setcpm|setcps|setbpm)\s*\(\s*([^()]*?)\s*\)\s*;?\s*$/;
/** `120 / 4`: musicians write beats over beats per bar, and want to read it so. */
const QUOTIENT = /^(\d+(?:\.\d+)?)\s*\/\s*(\d+(?:\.\d+)?)$/;
const SET_BPM_BEATS = /^[^,]+,\s*(\d+(?:\.\d+)?)$/;

/**
 * The edit that states `cyclesPerMinute`: the argument of the last plain tempo statement is rewritten in its own
 * words; where there is none, a line is put at the top.
 * @example tempoEdit('setcpm(120/4)', 35).insert === '140/4'
 */
export function tempoEdit(text: string, cyclesPerMinute: number): Edit {
  for (const statement of topLevel(text).reverse()) {
    const source = text.slice(statement.from, statement.to);
    const match = STATEMENT.exec(source);
    if (!match) continue;
    const [, call, argument] = match as unknown as [string, string, string];
    const from = statement.from + source.indexOf(argument, source.indexOf('(') + 1);
    return { from, to: from + argument.length, insert: argumentFor(call, argument, cyclesPerMinute) };
  }
  return { from: 0, to: 0, insert: `setcpm(${tidy(cyclesPerMinute)})\n` };
}

/**
 * The tempo that the text states in plain numbers, in cycles a minute; null where it states none or a pattern.
 * @example statedTempo('setbpm(120)') === 30
 */
export function statedTempo(text: string): number | null {
  for (const statement of topLevel(text).reverse()) {
    const match = STATEMENT.exec(text.slice(statement.from, statement.to));
    if (!match) continue;
    const [, call, argument] = match as unknown as [string, string, string];
    const quotient = QUOTIENT.exec(argument);
    const beats = call === 'setbpm' ? SET_BPM_BEATS.exec(argument) : null;
    const units = quotient ? Number(quotient[1]) / Number(quotient[2]) : Number.parseFloat(argument);
    if (!quotient && !beats && !/^\d*\.?\d+$/.test(argument)) return null;
    return beats ? units / Number(beats[1]) : units * CALLS[call]!;
  }
  return null;
}

function argumentFor(call: string, argument: string, cyclesPerMinute: number): string {
  const quotient = QUOTIENT.exec(argument);
  const units = cyclesPerMinute / CALLS[call]!;
  if (quotient) return `${tidy(units * Number(quotient[2]))}/${quotient[2]}`;
  const beats = call === 'setbpm' ? SET_BPM_BEATS.exec(argument) : null;
  if (beats) return `${tidy(cyclesPerMinute * Number(beats[1]))}, ${beats[1]}`;
  return tidy(units);
}

/** At most three places, no trailing zeros: what a musician would type. */
export function tidy(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
