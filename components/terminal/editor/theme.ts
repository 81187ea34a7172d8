// How the editor looks: the deck's colours, which change with its theme, and letters that the back row reads.
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const text = { fontFamily: 'var(--font-text)', fontSize: '16px', lineHeight: '21px', letterSpacing: '0' }

const theme = EditorView.theme({
  '&': { flex: '1 1 0', minHeight: '0', color: 'var(--ink)', backgroundColor: 'var(--ground)', fontSize: '16px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-content:focus-visible': { outline: 'none !important' },
  '.cm-scroller': { fontFamily: 'var(--font-code)', lineHeight: '21px', letterSpacing: '-0.035em', fontVariantLigatures: 'none', overscrollBehavior: 'contain' },
  '.cm-content': { padding: '4px 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 8px 0 4px' },
  '.cm-cursor': { borderLeft: '2px solid var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'color-mix(in srgb, var(--blue) 32%, transparent)' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--blue) 9%, transparent)' },
  '.cm-gutters': { backgroundColor: 'var(--ground)', color: 'var(--muted)', border: 'none', fontSize: '14px' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 4px 0 8px', minWidth: '28px' },
  '.cm-gutter-lint': { width: '16px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0' },
  '.cm-lint-marker': { width: '16px', height: '21px', color: 'var(--broken)', fontWeight: '700', textAlign: 'center' },
  '.cm-lint-marker-error': { content: '"✕"' },
  '.cm-lint-marker-error::before': { content: '"✕"' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy 2px var(--broken)', textUnderlineOffset: '3px' },
  '.cm-lintPoint-error::after': { borderBottomColor: 'var(--broken)' },
  '.cm-tooltip': { ...text, zIndex: '500', border: '2px solid var(--line-strong)', backgroundColor: 'var(--panel)', color: 'var(--ink)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-code)', fontSize: '16px', letterSpacing: '-0.035em', maxHeight: '176px', minWidth: '220px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { display: 'flex', gap: '12px', padding: '1px 8px', lineHeight: '22px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--blue-ink)', color: 'var(--on-blue)' },
  '.cm-completionLabel': { flex: '1' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionDetail': { fontStyle: 'normal', color: 'var(--muted)', margin: '0', fontSize: '14px' },
  'li[aria-selected] .cm-completionDetail': { color: 'inherit' },
  '.cm-tooltip.cm-completionInfo': { padding: '6px 10px', width: '260px', maxHeight: '200px', overflow: 'auto', overflowWrap: 'anywhere' },
  '.cm-diagnostic': { padding: '4px 10px', borderLeft: '4px solid var(--broken)', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  '.cm-tooltip-lint': { maxWidth: '520px' },
  '.field-help': { overflowWrap: 'anywhere', maxWidth: '520px', maxHeight: '220px', overflow: 'auto', padding: '6px 10px', userSelect: 'text' },
  '.field-help b': { fontFamily: 'var(--font-code)', letterSpacing: '-0.035em' },
  '.field-help i': { fontStyle: 'normal', color: 'var(--muted)', fontFamily: 'var(--font-code)', letterSpacing: '-0.035em' },
  '.field-help span': { display: 'block', whiteSpace: 'pre-wrap' },
})

const highlight = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], fontWeight: '700' },
  { tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
  { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace, tags.meta], color: 'var(--muted)' },
])

export const looks = [theme, syntaxHighlighting(highlight)]
