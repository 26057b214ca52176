/**
 * Completion from the reference: names of functions and controls in code, nothing inside comments, and inside the
 * string of a sound the names of sounds. Never blocks: the tables load while one types on.
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
import { listSounds } from './sound-names.ts';

const NO_COMPLETION = /^(?:String|TemplateString|LineComment|BlockComment|RegExp|Label)$/;

async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const node = syntaxTree(context.state).resolveInner(context.pos, -1);
  if (node.name === 'String' || node.name === 'TemplateString') return completeSound(context, node);
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

/** Calls whose string names sounds. */
const SOUND_CALL = /(?:^|[^\w$])(?:s|sound)\s*\(\s*$/;

/** Names of sounds inside the string of `s("...")`. */
function completeSound(context: CompletionContext, string: { from: number }): CompletionResult | null {
  const before = context.state.sliceDoc(Math.max(0, string.from - 40), string.from);
  if (!SOUND_CALL.test(before)) return null;
  const word = context.matchBefore(/[A-Za-z_]\w*/);
  if (!word && !context.explicit) return null;
  const from = Math.max(word?.from ?? context.pos, string.from + 1);
  return { from, options: soundOptions(), validFor: /^\w*$/ };
}

function soundOptions(): readonly Completion[] {
  return listSounds().flatMap(({ name, aliases, kind }) => [
    { label: name, type: 'constant', detail: kind },
    ...aliases.map((alias) => ({ label: alias, type: 'constant', detail: `= ${name}`, boost: -1 })),
  ]);
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
