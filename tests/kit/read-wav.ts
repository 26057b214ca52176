/** Reads a stereo WAV file of 16, 24 or 32f bits, strictly: every size in it must be right. For tests. */

export interface Wav {
  readonly sampleRate: number;
  readonly bits: number;
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/** Throws where the bytes are no such file. */
export function readWav(bytes: Uint8Array): Wav {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (word(0) !== 'RIFF' || word(8) !== 'WAVE') throw new Error('no RIFF/WAVE');
  if (view.getUint32(4, true) !== bytes.length - 8)
    throw new Error(`RIFF size ${view.getUint32(4, true)} of ${bytes.length} bytes`);
  const chunks = new Map<string, { at: number; size: number }>();
  for (let at = 12; at < bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    chunks.set(word(at), { at: at + 8, size });
    at += 8 + size + (size % 2);
    if (at > bytes.length) throw new Error('a chunk is longer than the file');
  }
  const format = chunks.get('fmt ')!.at;
  const data = chunks.get('data')!;
  const tag = view.getUint16(format, true);
  const channels = view.getUint16(format + 2, true);
  const bits = view.getUint16(format + 14, true);
  const frameBytes = view.getUint16(format + 12, true);
  if (channels !== 2 || frameBytes !== (channels * bits) / 8)
    throw new Error('not stereo, or a wrong block size');
  const frames = data.size / frameBytes;
  const sample = (at: number): number => {
    if (tag === 3 && bits === 32) return view.getFloat32(at, true);
    if (tag === 1 && bits === 16) return view.getInt16(at, true) / 2 ** 15;
    if (tag === 1 && bits === 24) return ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 2 ** 23;
    throw new Error(`format ${tag} with ${bits} bits`);
  };
  const left = Float64Array.from({ length: frames }, (_, i) => sample(data.at + i * frameBytes));
  const right = Float64Array.from({ length: frames }, (_, i) => sample(data.at + i * frameBytes + bits / 8));
  return { sampleRate: view.getUint32(format + 4, true), bits, left, right };
}
