/** TypeScript's compiler as it is passed in: page and command line have it in different places. */
import type * as TypeScript from 'typescript';

export type TypeScriptApi = typeof TypeScript;
