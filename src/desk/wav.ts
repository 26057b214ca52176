/**
 * Float samples as a WAV file: RIFF, format 3 (IEEE float, 32 bit), with the fact chunk that the format asks for.
 * Source: Microsoft, Multimedia Data Standards Update (1994).
 */
const HEADER_BYTES = 58;
const SAMPLE_BYTES = 4;
const IEEE_FLOAT = 3;

/**
 * @param channels equally long, -1..1 (more is kept as it is).
 * @throws RangeError where the channels differ in length or a WAV file can't hold them (4 GiB).
 */
export function encodeWav(channels: readonly Float32Array[], sampleRate: number): ArrayBuffer {
  const frames = channels[0]?.length ?? 0;
  if (channels.length === 0 || channels.some((channel) => channel.length !== frames)) {
    throw new RangeError(`channels of one length wanted, got ${channels.map((each) => each.length)}`);
  }
  const frameBytes = channels.length * SAMPLE_BYTES;
  const dataBytes = frames * frameBytes;
  if (dataBytes + HEADER_BYTES > 0xffff_ffff) throw new RangeError(`${dataBytes} bytes are past 4 GiB`);
  const buffer = new ArrayBuffer(HEADER_BYTES + dataBytes);
  const view = new DataView(buffer);
  let at = 0;
  const tag = (text: string): void => {
    for (const sign of text) view.setUint8(at++, sign.charCodeAt(0));
  };
  const u32 = (value: number): void => {
    view.setUint32(at, value, true);
    at += 4;
  };
  const u16 = (value: number): void => {
    view.setUint16(at, value, true);
    at += 2;
  };
  tag('RIFF');
  u32(HEADER_BYTES - 8 + dataBytes);
  tag('WAVEfmt ');
  u32(18);
  u16(IEEE_FLOAT);
  u16(channels.length);
  u32(sampleRate);
  u32(sampleRate * frameBytes);
  u16(frameBytes);
  u16(SAMPLE_BYTES * 8);
  u16(0);
  tag('fact');
  u32(4);
  u32(frames);
  tag('data');
  u32(dataBytes);
  for (let frame = 0; frame < frames; frame++) {
    for (const channel of channels) {
      view.setFloat32(at, channel[frame]!, true);
      at += SAMPLE_BYTES;
    }
  }
  return buffer;
}
