/**
 * Completion from the reference: names of functions and controls in code, nothing inside comments, and inside strings
 * nothing of the language. Never blocks: the tables load while one types on.
 */
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import { describe, loadReference } from './reference.ts';
import type { Reference, ReferenceEntry } from './reference-entry.ts';

const NO_COMPLETION = /^(?:String|TemplateString|LineComment|BlockComment|RegExp|Label)$/;

async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const node = syntaxTree(context.state).resolveInner(context.pos, -1);
  if (NO_COMPLETION.test(node.name)) return null;
  const word = context.matchBefore(/[\p{L}_$][\p{L}\d_$]*/u);
  const afterDot = /\.\s*$/.test(
    context.state.sliceDoc(Math.max(0, context.pos - 20), word?.from ?? context.pos),
  );
  if (!word && !context.explicit && !afterDot) return null;
  const reference = await loadReference();
  if (context.aborted) return null;
  return { from: word?.from ?? context.pos, options: optionsOf(reference), validFor: /^[\p{L}\d_$]*$/u };
}

const made = new WeakMap<Reference, readonly Completion[]>();

function optionsOf(reference: Reference): readonly Completion[] {
  let options = made.get(reference);
  if (!options) {
    options = [...reference].map(([name, entry]) => optionOf(name, entry));
    made.set(reference, options);
  }
  return options;
}

function optionOf(name: string, entry: ReferenceEntry): Completion {
  return {
    label: name,
    type: entry.kind === 'control' ? 'property' : 'function',
    detail: name === entry.name ? (entry.facts ?? '') : `= ${entry.name}`,
    info: () => describe(entry),
    boost: name === entry.name ? 0 : -1,
  };
}

export const completion = autocompletion({
  override: [complete],
  icons: false,
  activateOnTypingDelay: 60,
  maxRenderedOptions: 60,
});
