/**
 * Offsets within a string literal as typed, from offsets within its text: escapes and line ends are longer in one than
 * in the other. Pure; it knows JavaScript's escapes.
 */

/** One unit of a literal as typed: an escape, or a line end that counts as one. */
const UNIT = /\\(?:u\{[\da-fA-F]+\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|\r\n|[\s\S])|\r\n|[\s\S]/g;
/** A backslash in front of a line end stands for nothing. */
const NOTHING = /^\\(?:\r\n|[\n\r\u2028\u2029])$/;

/** The end of a literal, which is not escaped. */
const END = { '"': /(?:\\[\s\S]|[^"\\])*/y, "'": /(?:\\[\s\S]|[^'\\])*/y, '`': /(?:\\[\s\S]|[^`\\])*/y };

/**
 * Maps offsets in the text of the literal that begins at `from` (one past its quote) to offsets in the program;
 * undefined where adding `from` is all there is to it.
 */
export function literalOffsets(
  program: string,
  text: string,
  from: number,
  quote: '"' | "'" | '`',
): ((offset: number) => number) | undefined {
  if (from < 0 || program.startsWith(text + quote, from)) return undefined;
  const end = END[quote];
  end.lastIndex = from;
  const raw = end.exec(program)?.[0] ?? '';
  const offsets = rawOffsets(raw);
  return (offset) => from + offsets(offset);
}

/** `raw` is what stands between the quotes. The result maps an offset in the text to one in `raw`. */
export function rawOffsets(raw: string): (offset: number) => number {
  if (!raw.includes('\\') && !raw.includes('\r')) return (offset) => Math.min(offset, raw.length);
  const starts: number[] = [];
  for (const { 0: unit, index } of raw.matchAll(UNIT)) {
    if (NOTHING.test(unit)) continue;
    const code = /^\\u\{([\da-fA-F]+)\}$/.exec(unit)?.[1];
    starts.push(index);
    if (code !== undefined && Number.parseInt(code, 16) > 0xffff) starts.push(index);
  }
  return (offset) => starts[offset] ?? raw.length;
}
