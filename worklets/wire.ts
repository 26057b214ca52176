/**
 * The wire: what travels between the pattern side and the sound engine. This file is the one door to it for the other
 * folders; layout, tables, messages and the code of both ends lie in wire/. It must not know patterns, DOM, or
 * the inside of the engine.
 */
export * from './wire/batch-decode.ts';
export * from './wire/batch-writer.ts';
export * from './wire/engine-host.ts';
export * from './wire/layout.ts';
export * from './wire/messages.ts';
export * from './wire/tables.ts';
export * from './wire/words.ts';
