/**
 * The door of the language for runtime and tests: patterns with their methods, globals, tables, evaluation. It
 * gathers, and installs the methods on patterns once.
 */
import { installMethods } from './library.ts';

installMethods();

export { CONTROL_NAMES, CONTROLS, type ControlRow, controlNamed } from './controls.ts';
export * from './core.ts';
export {
  currentEvaluation,
  type EvaluatedTrack,
  Evaluation,
  type EvaluationWarning,
  enterEvaluation,
  type Quote,
  type Tempo,
  withEvaluation,
} from './evaluation.ts';
export { type EventJson, eventsToJson, eventToJson, queryToJson } from './event-json.ts';
export {
  FREE_NAMES,
  globals,
  installStringMethods,
  LIBRARY,
  type LibraryRow,
  MEMBER_NAMES,
  STRING_EXCLUDED,
} from './library.ts';
export { isNoteName, isTrue, midiOfNoteName, toNumeral } from './note-names.ts';
export { queryCapped } from './query-capped.ts';
export { listed, reify, sequence } from './reify.ts';
