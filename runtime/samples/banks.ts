/**
 * Drum machines: banks whose name goes before that of a drum, as in `RolandTR909_bd` or `bank("909")`. The engine makes
 * them itself: a bank is a kit of its drums and, where wanted, further parameters. It knows no sounds.
 */
import { PARAM_ID } from '../../worklets/wire.ts';

export interface Bank {
  /** The name that is shown first, and others; any letter case. */
  readonly names: readonly string[];
  /** Parameters that its drums have where an event says nothing else. */
  readonly preset: Readonly<Record<string, number>>;
}

/** Those of `preset` that the wire knows. */
function known(preset: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(preset).filter(([key]) => key in PARAM_ID));
}

export const BANKS: readonly Bank[] = [
  { names: ['RolandTR808', 'TR808', '808'], preset: known({ kit: 1 }) },
  { names: ['RolandTR909', 'TR909', '909'], preset: known({ kit: 2 }) },
  { names: ['lofi'], preset: known({ kit: 3, crush: 8, coarse: 3 }) },
];

const byName: ReadonlyMap<string, Bank> = new Map(
  BANKS.flatMap((bank) => bank.names.map((name) => [name.toLowerCase(), bank] as const)),
);

/** The bank of this name, in any letter case; null where there is none. */
export function findBank(name: string): Bank | null {
  return byName.get(name.toLowerCase()) ?? null;
}
