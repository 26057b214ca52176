/**
 * The editor's looks as rules over the design tokens: no colour is written here, only which token is used where. The
 * notation in strings is the brightest thing on the page; the rest of the language steps back.
 */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags as t } from '@lezer/highlight';

const highlight = HighlightStyle.define([
  { tag: [t.string, t.special(t.string)], color: 'var(--code-string)' },
  { tag: [t.number, t.bool, t.null], color: 'var(--code-number)' },
  { tag: t.comment, color: 'var(--code-comment)', fontStyle: 'italic' },
  { tag: [t.keyword, t.operatorKeyword, t.modifier, t.controlKeyword], color: 'var(--code-keyword)' },
  { tag: [t.function(t.variableName), t.function(t.propertyName)], color: 'var(--code-call)' },
  { tag: [t.variableName, t.propertyName, t.definition(t.variableName)], color: 'var(--code-name)' },
  { tag: [t.typeName, t.className, t.namespace], color: 'var(--code-type)' },
  { tag: t.labelName, color: 'var(--code-label)', fontWeight: '600' },
  { tag: [t.operator, t.punctuation, t.separator, t.bracket], color: 'var(--code-sign)' },
  { tag: t.invalid, color: 'var(--error)' },
]);

const rules = EditorView.theme({
  '&': {
    height: '100%',
    backgroundColor: 'transparent',
    color: 'var(--code-name)',
    fontSize: 'var(--code-size)',
  },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-code)', lineHeight: '1.6', fontVariantLigatures: 'none' },
  '.cm-content': { padding: 'var(--space-4) 0 40vh', caretColor: 'var(--text-strong)' },
  '.cm-line': { padding: '0 var(--space-4) 0 var(--space-2)' },
  '.cm-cursor, .cm-dropCursor': { borderLeft: '2px solid var(--text-strong)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--selection)',
  },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: 'var(--line-active)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--text-faint)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': {
    minWidth: '2.25rem',
    padding: '0 var(--space-2) 0 var(--space-2)',
    fontVariantNumeric: 'tabular-nums',
  },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--text)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'transparent',
    boxShadow: 'inset 0 -2px var(--text-muted)',
    color: 'var(--text-strong)',
  },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'transparent', color: 'var(--error)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--line-active)', outline: '1px solid var(--edge)' },
  '.cm-searchMatch': { backgroundColor: 'var(--selection)', outline: '1px solid var(--edge-strong)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--text-strong)', color: 'var(--ground)' },
  '.cm-searchMatch-selected *': { color: 'var(--ground)' },

  '.cm-track, .cm-track *': { color: 'var(--track)', fontWeight: '700' },
  '.cm-track-muted, .cm-track-muted *': { color: 'var(--text-muted)', textDecoration: 'line-through' },
  '.cm-sounding': {
    backgroundColor: 'var(--track-glow)',
    boxShadow: '0 0 0 2px var(--track-glow), inset 0 -2px var(--track)',
    borderRadius: '2px',
  },
  '.cm-sounding, .cm-sounding *': { color: 'var(--text-strong)' },
  '.cm-flash': { backgroundColor: 'var(--flash)' },
  // Comments and signs would be too faint on the light of a flash.
  '.cm-flash, .cm-flash *': { color: 'var(--text-strong) !important' },
  '.cm-flash-refused': { backgroundColor: 'var(--flash-refused)' },

  '.cm-lintRange': { backgroundImage: 'none', paddingBottom: '0', textDecorationSkipInk: 'none' },
  '.cm-lintRange-error': { textDecoration: 'underline wavy 1.5px var(--error)', textUnderlineOffset: '3px' },
  '.cm-lintRange-warning': {
    textDecoration: 'underline wavy 1.5px var(--warning)',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-hint': { textDecoration: 'underline dotted 1.5px var(--text-muted)' },
  '.cm-lintPoint::after': { borderBottomColor: 'var(--error)' },
  '.cm-mistake-block': { padding: 'var(--space-1) var(--space-4) var(--space-2) var(--space-2)' },
  '.cm-mistake': {
    maxWidth: '52rem',
    padding: 'var(--space-2) var(--space-3)',
    borderLeft: '3px solid var(--mistake)',
    backgroundColor: 'var(--panel)',
    color: 'var(--text-strong)',
    fontFamily: 'var(--font-page)',
    fontSize: 'max(0.875rem, 0.8em)',
    lineHeight: '1.5',
    borderRadius: '0 var(--corner) var(--corner) 0',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  '.cm-mistake-error': { '--mistake': 'var(--error)' },
  '.cm-mistake-warning': { '--mistake': 'var(--warning)' },
  '.cm-mistake-hint, .cm-mistake-info': { '--mistake': 'var(--text-muted)' },
  '.cm-mistake-shape': { color: 'var(--mistake)', fontWeight: '600', marginRight: 'var(--space-2)' },
  '.cm-mistake-note': { color: 'var(--text-muted)' },
  '.cm-mistake button': { marginTop: 'var(--space-2)', display: 'block' },

  '.cm-tooltip': {
    backgroundColor: 'var(--panel)',
    color: 'var(--text)',
    border: '1px solid var(--edge-strong)',
    borderRadius: 'var(--corner)',
    fontFamily: 'var(--font-page)',
    fontSize: '0.875rem',
    maxWidth: 'min(32rem, calc(100vw - 2rem))',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--font-code)',
    fontSize: '0.875rem',
    maxHeight: '14rem',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px var(--space-2)', lineHeight: '1.4' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--text-strong)',
    color: 'var(--ground)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected] .cm-completionDetail': { color: 'inherit' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionDetail': { color: 'var(--text-muted)', fontStyle: 'normal', marginLeft: 'var(--space-3)' },
  '.cm-completionInfo': { padding: 'var(--space-3)' },
  '.cm-tooltip-lint': { display: 'none' },

  '.cm-panels': { backgroundColor: 'var(--panel)', color: 'var(--text)', borderColor: 'var(--edge)' },
  '.cm-panels-top': { borderBottom: '1px solid var(--edge)' },
  '.cm-panel.cm-search': {
    padding: 'var(--space-2) var(--space-8) var(--space-2) var(--space-4)',
    fontFamily: 'var(--font-page)',
    fontSize: '0.875rem',
  },
  '.cm-panel.cm-search label': { fontSize: '0.8125rem', display: 'inline-flex', alignItems: 'center' },
  '.cm-panel.cm-search [name=close]': {
    fontSize: '1.25rem',
    padding: '0 var(--space-2)',
    top: 'var(--space-2)',
  },
  '.cm-textfield': {
    backgroundColor: 'var(--ground)',
    border: '1px solid var(--edge-strong)',
    borderRadius: 'var(--corner)',
    color: 'var(--text-strong)',
    fontFamily: 'var(--font-code)',
    fontSize: '0.875rem',
    padding: 'var(--space-1) var(--space-2)',
  },
  '.cm-button': {
    backgroundImage: 'none',
    fontSize: '0.8125rem',
    borderRadius: 'var(--corner)',
    minHeight: '1.75rem',
  },
});

export const colours = [rules, syntaxHighlighting(highlight)];
