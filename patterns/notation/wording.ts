/**
 * The words of the grammar's mistakes: what was found, what was expected and the nearest fix. It stands alone so
 * that the wording is read, and tested, in one place; it knows the text's offsets, not the tree.
 */
import type { NotationFix, NotationMistake } from './mistake.ts';

const CLOSERS: Readonly<Record<string, string>> = { '[': ']', '<': '>', '{': '}', '(': ')' };
const OPENERS: Readonly<Record<string, string>> = { ']': '[', '>': '<', '}': '{', ')': '(' };
export const A_STEP: readonly string[] = ['a word', 'a number', '`~`', '`[`', '`<`', '`{`'];
const AN_ARGUMENT: readonly string[] = ['a number', '`<`', '`[`', '`{`'];

export const closerOf = (opener: string): string => CLOSERS[opener]!;

const quoted = (found: string): string => (found === '' ? 'the end' : `\`${found}\``);

const count = (limit: number): string => limit.toLocaleString('en-US');

const insert = (title: string, at: number, text: string): NotationFix => ({
  title,
  from: at,
  to: at,
  insert: text,
});
const remove = (title: string, from: number, to: number): NotationFix => ({ title, from, to, insert: '' });

/** `[a b`: where the closer should stand is `at`. */
export function unclosed(opener: string, from: number, found: string, at: number): NotationMistake {
  const closer = closerOf(opener);
  const wrong = found !== '' && OPENERS[found] !== undefined;
  return {
    from,
    to: from + 1,
    message: wrong
      ? `\`${opener}\` is closed by \`${found}\`: expected \`${closer}\`.`
      : `\`${opener}\` is never closed: expected \`${closer}\` before ${quoted(found)}.`,
    expected: [`\`${closer}\``],
    fix: insert(`Insert \`${closer}\``, at, closer),
  };
}

/** `[a b>` with nothing around that `>` could close. */
export function closedByOther(opener: string, from: number, found: string, at: number): NotationMistake {
  const closer = closerOf(opener);
  return {
    ...unclosed(opener, from, found, at),
    fix: { title: `Replace \`${found}\` by \`${closer}\``, from: at, to: at + 1, insert: closer },
  };
}

/** `a b]` */
export function closesNothing(closer: string, at: number): NotationMistake {
  return {
    from: at,
    to: at + 1,
    message: `\`${closer}\` closes nothing: there is no \`${OPENERS[closer]}\` before it.`,
    expected: ['a step', 'the end'],
    fix: remove(`Remove \`${closer}\``, at, at + 1),
  };
}

/** An empty text, `[]`, or nothing on one side of a `,`, `|` or lone dot; `rest` is what mends it at `at`. */
export function emptySequence(
  place: string,
  from: number,
  to: number,
  at: number,
  rest: string,
): NotationMistake {
  return {
    from,
    to,
    message: `${place}: expected a step, such as \`bd\`, or \`~\` for a rest.`,
    expected: A_STEP,
    fix: insert('Insert a rest `~`', at, rest),
  };
}

/** `!` or `*2` with no step before it. */
export function operatorFirst(sign: string, from: number, to: number): NotationMistake {
  if (sign === '(') {
    return {
      from,
      to,
      message: '`( )` is a Euclidean rhythm and needs a step before it; a group is written `[ ]`.',
      expected: A_STEP,
      fix: { title: 'Write `[`', from, to, insert: '[' },
    };
  }
  return {
    from,
    to,
    message: `\`${sign}\` needs a step before it, and there is none: expected a word, a number or a bracket.`,
    expected: A_STEP,
    fix: remove(`Remove \`${sign}\``, from, to),
  };
}

/** What the fix writes after a sign; 2 after the others. */
const NUMBER_AFTER: Readonly<Record<string, string>> = { ':': '0', '%': '4', '..': ' 8', '...': ' 8' };

/** `bd**2`, `bd*`, `{a b}%`: no argument. `found` is the character that stands there instead. */
export function noArgument(sign: string, signFrom: number, found: string, at: number): NotationMistake {
  const again = found !== '' && found === sign;
  const tail = sign === ':';
  const number = NUMBER_AFTER[sign] ?? '2';
  return {
    from: signFrom,
    to: again ? at + 1 : signFrom + sign.length,
    message: `\`${sign}\` needs ${tail ? 'a word or number' : 'a number'} after it, found ${quoted(found)}.`,
    expected: tail ? ['a word', ...AN_ARGUMENT] : AN_ARGUMENT,
    fix: again
      ? remove(`Remove one \`${sign}\``, at, at + 1)
      : insert(`Insert ${number.trim()}`, signFrom + sign.length, number),
  };
}

/** `bd*x`: something else where a number is due. */
export function notANumber(sign: string, found: string, from: number, to: number): NotationMistake {
  return {
    from,
    to,
    message: `\`${sign}\` needs a number, found ${found}.`,
    expected: AN_ARGUMENT,
  };
}

/** `bd(3)`, `bd(,8)`: the number of onsets or of steps is missing; `at` is where it should stand. */
export function euclidIncomplete(
  from: number,
  found: string,
  at: number,
  hasOnsets: boolean,
): NotationMistake {
  const missing = hasOnsets ? 'the number of steps' : 'the number of onsets';
  const closer = found === '' ? ')' : '';
  const onsets = found === ',' ? '3' : `3,8${closer}`;
  return {
    from,
    to: at,
    message: `A Euclidean rhythm is \`(onsets,steps)\` or \`(onsets,steps,turn)\`: ${missing} is missing, found ${quoted(found)}.`,
    expected: hasOnsets ? ['`,` and a number'] : AN_ARGUMENT,
    fix: hasOnsets ? insert('Insert 8 steps', at, `,8${closer}`) : insert('Insert 3 onsets', at, onsets),
  };
}

/** `bd(9,8)` and what else no ring of steps can hold. */
export function impossibleEuclid(onsets: number, steps: number, from: number, to: number): NotationMistake {
  const place = { from, to, expected: ['onsets from -steps to steps'] };
  if (!Number.isInteger(steps) || steps < 1) {
    return {
      ...place,
      message: `A Euclidean rhythm needs a whole number of steps, 1 or more, found ${steps}.`,
    };
  }
  if (!Number.isInteger(onsets)) {
    return { ...place, message: `A Euclidean rhythm needs a whole number of onsets, found ${onsets}.` };
  }
  return { ...place, message: `${Math.abs(onsets)} onsets do not fit into ${steps} steps.` };
}

/** `<a | b>`, `{a . b}`, `a | b, c`. */
export function joinerNotHere(sign: string, at: number, where: string): NotationMistake {
  const name = sign === '.' ? 'A lone `.`' : `\`${sign}\``;
  return {
    from: at,
    to: at + 1,
    message: `${name} cannot stand ${where}: put these steps in \`[ ]\` of their own.`,
    expected: where.startsWith('beside') ? ['the same sign', '`[ ]`'] : ['`,`', '`[ ]`'],
  };
}

/** `x'maj`, `c'mja7`, `c'maj'q`: `part` is what no chord literal has there, `names` what it may mean. */
export function badChord(
  fault: 'root' | 'name' | 'modifier',
  part: string,
  names: readonly string[],
  at: number,
): NotationMistake {
  const place = { from: at, to: at + part.length };
  const found = part === '' ? 'nothing' : `\`${part}\``;
  if (fault === 'root') {
    return {
      ...place,
      message: `A chord such as \`c'maj7\` begins with a note or a number, found ${found}.`,
      expected: ['a note', 'a number'],
    };
  }
  if (fault === 'modifier') {
    const expected = ['a number of notes', '`i`, `ii`, …', '`o`', '`d1`, `d2`, …'];
    return {
      ...place,
      message: `A chord is changed by a number of notes, by \`i\`, \`o\` or \`d1\`, found ${found}.`,
      expected,
    };
  }
  const [nearest = 'maj'] = names;
  return {
    ...place,
    message: `Unknown chord name ${found}; nearest: ${names.join(', ')}.`,
    expected: names,
    fix: { title: `Write \`${nearest}\``, ...place, insert: nearest },
  };
}

/** A character that mini-notation has no use for. */
export function unknownCharacter(found: string, at: number): NotationMistake {
  if (found === '%') {
    return {
      from: at,
      to: at + 1,
      message: '`%` sets the steps of a polymeter and stands right after `}`, as in `{a b c}%4`.',
      expected: ['a step', '`}%`'],
    };
  }
  return {
    from: at,
    to: at + found.length,
    message: `\`${found}\` has no meaning in mini-notation: expected a step or one of \`* / ! @ ? : ( [ < { , |\`.`,
    expected: ['a step', 'an operator'],
    fix: remove(`Remove \`${found}\``, at, at + found.length),
  };
}

/** `0 ... 8`, `[0] 2*2 ... 8`. */
export function noExample(from: number, to: number): NotationMistake {
  return {
    from,
    to,
    message:
      'A range by example needs two plain steps before `...`, as in `0 2 ... 8`; steps of 1 are `0 .. 8`.',
    expected: ['two numbers before `...`'],
    fix: { title: 'Write `..`', from, to, insert: '..' },
  };
}

/** `0 2 ... -4`: the example leads away from the end. */
export function neverArrives(from: number, to: number): NotationMistake {
  return {
    from,
    to,
    message: 'This range by example never arrives: its first two numbers do not lead to the last.',
    expected: ['numbers that lead from the first to the last'],
  };
}

export function tooDeep(limit: number, at: number): NotationMistake {
  return {
    from: at,
    to: at + 1,
    message: `Brackets and operators are nested more than ${count(limit)} deep.`,
    expected: [`at most ${limit} open brackets`],
  };
}

export function tooLong(limit: number, length: number): NotationMistake {
  return {
    from: limit,
    to: length,
    message: `A piece of notation has at most ${count(limit)} characters, found ${count(length)}.`,
    expected: [`at most ${limit} characters`],
  };
}

export function tooManySteps(limit: number, from: number, to: number): NotationMistake {
  return {
    from,
    to,
    message: `This makes more than ${count(limit)} steps.`,
    expected: [`at most ${limit} steps`],
  };
}

export function badWeight(sign: string, weight: number, from: number, to: number): NotationMistake {
  return {
    from,
    to,
    message: `\`${sign}\` makes a weight of ${weight}: expected a number of 0 or more.`,
    expected: ['a number of 0 or more'],
  };
}
