/** Orders in which `arp` plays the notes of a chord by a mode's name. It knows lists only. */

type Order = <T>(notes: readonly T[]) => T[];

const up: Order = (notes) => [...notes];
const down: Order = (notes) => [...notes].reverse();
/** Without the turning points said twice. */
const thereAndBack: Order = (notes) => [...notes.slice(0, -1), ...down(notes).slice(0, -1)];
const thumb: Order = (notes) => notes.slice(1).flatMap((note) => [notes[0]!, note]);
const pinky: Order = (notes) => notes.slice(0, -1).flatMap((note) => [note, notes.at(-1)!]);
const converge: Order = (notes) =>
  notes.map((_, i) => (i % 2 === 0 ? notes[i / 2]! : notes[notes.length - 1 - (i - 1) / 2]!));
const diverge: Order = (notes) => converge(notes).reverse();

/** By name; a chord of one note is that note in every mode. */
export const ARP_MODES: Readonly<Record<string, Order>> = {
  up,
  down,
  updown: (notes) => thereAndBack(notes),
  downup: (notes) => thereAndBack(down(notes)),
  converge,
  diverge,
  disconverge: (notes) => [...converge(notes), ...diverge(notes).slice(1)],
  thumbup: thumb,
  thumbupdown: (notes) => thereAndBack(thumb(notes)),
  pinkyup: pinky,
  pinkyupdown: (notes) => thereAndBack(pinky(notes)),
};

/** Notes of a chord in the order of a mode; null where there is no such mode. */
export function arpOrder<T>(mode: unknown, notes: readonly T[]): T[] | null {
  if (typeof mode !== 'string' || !Object.hasOwn(ARP_MODES, mode)) return null;
  return notes.length < 2 ? [...notes] : ARP_MODES[mode]!(notes);
}
