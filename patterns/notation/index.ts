/**
 * The door of mini-notation for everyone else. It only gathers.
 */
export { checkNotation, notation } from './build.ts';
export { NotationError, type NotationFix, type NotationMistake } from './mistake.ts';
export { NOTATION_LIMIT } from './parse.ts';
