/** Reads the part of Standard MIDI Files that our writer uses, strictly. For tests. */

export interface MidiNote {
  readonly channel: number;
  readonly key: number;
  readonly velocity: number;
  readonly tick: number;
  readonly endTick: number;
}

export interface MidiTrack {
  readonly name: string | undefined;
  readonly tempos: readonly { readonly tick: number; readonly micros: number }[];
  readonly notes: readonly MidiNote[];
}

/** Throws where the bytes are no such file, a note is left sounding or begun twice. */
export function readMidi(bytes: Uint8Array): { format: number; tracks: MidiTrack[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (word(0) !== 'MThd' || view.getUint32(4) !== 6) throw new Error('no header');
  const tracks: MidiTrack[] = [];
  let at = 14;
  for (let index = 0; index < view.getUint16(10); index++) {
    if (word(at) !== 'MTrk') throw new Error('no track');
    const length = view.getUint32(at + 4);
    tracks.push(readTrack(bytes.subarray(at + 8, at + 8 + length)));
    at += 8 + length;
  }
  if (at !== bytes.length) throw new Error('bytes after the last track');
  return { format: view.getUint16(8), tracks };
}

function readTrack(bytes: Uint8Array): MidiTrack {
  let at = 0;
  let tick = 0;
  let name: string | undefined;
  const tempos: { tick: number; micros: number }[] = [];
  const notes: (MidiNote & { endTick: number })[] = [];
  const sounding = new Map<number, Omit<MidiNote, 'endTick'>>();
  const variable = (): number => {
    let value = 0;
    for (;;) {
      const byte = bytes[at++]!;
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    tick += variable();
    const status = bytes[at++]!;
    if (status === 0xff) {
      const kind = bytes[at++]!;
      const length = variable();
      const data = bytes.subarray(at, at + length);
      at += length;
      if (kind === 0x03) name = new TextDecoder().decode(data);
      if (kind === 0x51) tempos.push({ tick, micros: (data[0]! << 16) | (data[1]! << 8) | data[2]! });
      if (kind === 0x2f && at !== bytes.length) throw new Error('events after the end of the track');
      continue;
    }
    const [key, velocity] = [bytes[at++]!, bytes[at++]!];
    const channel = status & 15;
    const id = channel * 128 + key;
    if (status >> 4 === 9) {
      if (sounding.has(id)) throw new Error(`key ${key} begins twice`);
      sounding.set(id, { channel, key, velocity, tick });
    } else if (status >> 4 === 8) {
      notes.push({ ...sounding.get(id)!, endTick: tick });
      sounding.delete(id);
    } else throw new Error(`status ${status}`);
  }
  if (sounding.size > 0) throw new Error('a note does not end');
  return { name, tempos, notes: notes.sort((a, b) => a.tick - b.tick) };
}
