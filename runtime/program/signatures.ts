/**
 * Signatures of the library's rows in their parts: `(a: A, b: B) => R`. It reads their text, no types; whoever makes
 * declarations puts the parts together anew.
 */

export interface SignatureParts {
  /** `<U>` with its brackets, or empty. */
  readonly generics: string;
  readonly params: readonly string[];
  readonly result: string;
}

/** The parts of a function's signature; null where it is the type of a value. */
export function partsOfSignature(signature: string): SignatureParts | null {
  const generics = /^<[\w\s,]+>(?=\()/.exec(signature)?.[0] ?? '';
  const rest = signature.slice(generics.length);
  if (!rest.startsWith('(')) return null;
  const params: string[] = [];
  let depth = 0;
  let begin = 1;
  for (let at = 0; at < rest.length; at += 1) {
    const char = rest[at]!;
    // The arrow of an inner function type is no bracket.
    if (char === '=' && rest[at + 1] === '>') {
      at += 1;
      continue;
    }
    if ('([{<'.includes(char)) depth += 1;
    else if (')]}>'.includes(char)) depth -= 1;
    const isEnd = char === ')' && depth === 0;
    if ((char !== ',' || depth !== 1) && !isEnd) continue;
    const param = rest.slice(begin, at).trim();
    if (param !== '') params.push(param);
    begin = at + 1;
    if (!isEnd) continue;
    const arrow = /^\s*=>\s*/.exec(rest.slice(at + 1));
    return arrow === null ? null : { generics, params, result: rest.slice(at + 1 + arrow[0].length) };
  }
  return null;
}

/** The parts as a signature again. */
export function signatureOf({ generics, params, result }: SignatureParts): string {
  return `${generics}(${params.join(', ')}) => ${result}`;
}
