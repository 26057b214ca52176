/**
 * A program inside a link: `#code=` and the text, deflated, in base64url. Pure text in and out, with limits on both
 * ends, since a link comes from a stranger: what it holds is shown, never evaluated.
 */

/** Longest text that goes into a link, and the most that is unpacked from one, in UTF-8 bytes. */
export const SHARED_BYTES_LIMIT = 200_000;
/** Longest packed part that is looked at, in characters. */
export const LINK_CODE_LIMIT = 120_000;

const MARK = 'code=';

export type SharedText =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'broken'; readonly message: string };

/**
 * The fragment that holds the text: `#code=...`.
 * @throws RangeError for a text over SHARED_BYTES_LIMIT, or one that packs to more than LINK_CODE_LIMIT.
 */
export async function writeFragment(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > SHARED_BYTES_LIMIT)
    throw new RangeError(`The program has ${bytes.length} bytes; a link holds ${SHARED_BYTES_LIMIT}.`);
  const packed = await collect(bytes, new CompressionStream('deflate-raw'), Number.POSITIVE_INFINITY);
  const code = toBase64Url(packed);
  if (code.length > LINK_CODE_LIMIT)
    throw new RangeError(`The link would have ${code.length} characters; the limit is ${LINK_CODE_LIMIT}.`);
  return `#${MARK}${code}`;
}

/** The text of a fragment, the inverse of writeFragment. Never throws: a broken link is told, not thrown. */
export async function readFragment(fragment: string): Promise<SharedText> {
  const code = fragment
    .replace(/^#/, '')
    .split('&')
    .find((part) => part.startsWith(MARK))
    ?.slice(MARK.length);
  if (code === undefined) return { kind: 'none' };
  if (code.length > LINK_CODE_LIMIT) return broken('it is too long');
  if (code === '' || !/^[\w-]+$/.test(code)) return broken('it was cut or changed on its way');
  try {
    const packed = fromBase64Url(code);
    const bytes = await collect(packed, new DecompressionStream('deflate-raw'), SHARED_BYTES_LIMIT);
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    return broken(error instanceof RangeError ? error.message : 'it was cut or changed on its way');
  }
}

const broken = (why: string): SharedText => ({
  kind: 'broken',
  message: `This link holds no program that can be read: ${why}.`,
});

type Transformer = CompressionStream | DecompressionStream;

/** Everything that comes out of the transformer. @throws RangeError as soon as that is more than `limit`. */
async function collect(bytes: Uint8Array, transformer: Transformer, limit: number): Promise<Uint8Array> {
  const writer = transformer.writable.getWriter();
  // Its failure is the reader's too, which tells it.
  const written = writer.write(bytes as BufferSource).then(() => writer.close());
  written.catch(() => undefined);
  const reader = transformer.readable.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > limit) {
      reader.cancel().catch(() => undefined);
      throw new RangeError('it unpacks to too much text');
    }
    parts.push(next.value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Characters handed to one call, so that a long text does not overflow the stack of arguments. */
const CHUNK = 0x8000;

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(code: string): Uint8Array {
  const binary = atob(code.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
}
