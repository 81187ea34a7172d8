// CodeMirror as the terminal uses it: YAML, what may be written, what is wrong, and keys that leave the page's own alone.
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import type { Diagnostic } from '@codemirror/lint'
import type { Extension } from '@codemirror/state'
import type { KeyBinding } from '@codemirror/view'
import type { FieldHelp, Offer, Offers, Problem } from '../../../cluster/manifest/index.ts'
import { acceptCompletion, autocompletion, closeCompletion, completionKeymap, completionStatus, startCompletion } from '@codemirror/autocomplete'
import { history, historyKeymap, indentLess, indentMore, standardKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { indentService, indentUnit } from '@codemirror/language'
import { linter, lintGutter, nextDiagnostic } from '@codemirror/lint'
import { Annotation, EditorState } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, tooltips } from '@codemirror/view'
import { unnumbered } from '../lines.ts'
import { closeHelp, fieldHelp } from './help.ts'
import { looks } from './theme.ts'

export interface Options {
  /** of a screen reader */
  label: string
  /** at most so many letters */
  most: number
  /** a manifest: what may be written, what it means, what is wrong. Nothing of it for other files */
  manifest?: {
    offers: (text: string, offset: number) => Offers | undefined
    help: (text: string, offset: number) => FieldHelp | undefined
    problems: (text: string) => readonly Problem[]
    /** what was found, whenever it was looked for */
    found: (problems: readonly Problem[]) => void
  }
  changed: (text: string) => void
  moved: (offset: number) => void
  /** more was written than fits */
  full: () => void
  /** told to those who do not see it */
  say: (text: string) => void
  save: () => void
  /** somebody leaves by Escape, where nothing was open that it closes */
  left: () => void
  /** the next error was gone to, or there is none but the one that the cursor is at (`stays`): what is told of it is told again, where it does not change */
  repeat: (stays: boolean) => void
}

/** ms without typing until a text is checked */
const PAUSE = 400

/** Changes that come from another window, or from the run itself. */
export const fromElsewhere = Annotation.define<boolean>()

function complete(offersAt: (text: string, offset: number) => Offers | undefined) {
  function put(view: EditorView, { insert, again }: Offer, from: number, to: number): void {
    view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, userEvent: 'input.complete', scrollIntoView: true })
    if (again)
      startCompletion(view)
  }
  return (context: CompletionContext): CompletionResult | null => {
    const found = offersAt(context.state.doc.toString(), context.pos)
    // where nothing was typed yet it has to be asked for
    if (!found || (!context.explicit && found.from === context.pos))
      return null
    const rest = found.to - context.pos
    return {
      from: Math.min(found.from, context.pos),
      options: found.offers.map((offer, i) => ({
        label: offer.label,
        detail: offer.required ? `${offer.type} required` : offer.type,
        boost: 99 - i,
        ...(offer.text && { info: () => Object.assign(document.createElement('div'), { textContent: offer.text }) }),
        apply: (view, _, from, to) => put(view, offer, from, to + rest),
      })),
      validFor: /^[\w.-]*$/,
    }
  }
}

const diagnostic = (length: number) => ({ from, to, message, hint }: Problem): Diagnostic => ({ from: Math.min(from, length), to: Math.min(Math.max(to, from), length), severity: 'error', message: hint ? `${unnumbered(message)}\nHint: ${hint}` : unnumbered(message) })

/** After a key without a value: a map goes on two blanks further in, a list under the key. */
const goOn = (helpAt: (text: string, offset: number) => FieldHelp | undefined) => indentService.of((context, pos) => {
  const { text, from } = context.lineAt(pos, -1)
  const before = /^(\s*(?:-\s+)*)[^\s#'"][^#]*:\s*$/.exec(text)?.[1]
  return before === undefined ? undefined : before.length + (helpAt(context.state.doc.toString(), from + before.length)?.type.startsWith('[]') ? 0 : 2)
})

/** Heard between what is offered and its type, which stand apart for the eye. */
const comma = () => Object.assign(document.createElement('span'), { className: 'visually-hidden', textContent: ', ' })

/** Page keys are the clicker's. */
const ours = (bindings: readonly KeyBinding[]) => bindings.filter(({ key = '', mac = '' }) => !/Page|Escape/.test(key) && !/^Ctrl-v$/.test(mac))

/** Escape closes what is open; where nothing is, it leaves. */
const leave = (left: () => void) => (view: EditorView): boolean => {
  const offers = completionStatus(view.state) === 'active'
  closeCompletion(view)
  const helped = closeHelp(view)
  if (!offers && !helped)
    left()
  return true
}

export function extensions({ label, most, manifest, changed, moved, full, say, save, left, repeat }: Options): Extension[] {
  const help = manifest && fieldHelp(manifest.help, say)
  const saves = () => {
    save()
    return true
  }
  const explain = (view: EditorView): boolean => {
    closeCompletion(view)
    return help!.open(view)
  }
  const next = (view: EditorView): boolean => {
    // the text as it is now: it may not have been checked since the last letter
    const problems = manifest!.problems(view.state.doc.toString())
    manifest!.found(problems)
    if (problems.some(({ note }) => !note))
      repeat(!nextDiagnostic(view))
    else say('No errors.')
    return true
  }
  /** says where there is nothing to choose from; else the list opens */
  const offer = (view: EditorView): boolean => {
    if (!manifest!.offers(view.state.doc.toString(), view.state.selection.main.head)?.offers.length)
      say('Nothing to offer here.')
    return startCompletion(view)
  }
  return [
    keymap.of([
      { key: 'Mod-Enter', run: saves },
      { key: 'Mod-s', run: saves },
      { key: 'Escape', run: leave(left) },
      { key: 'Tab', run: acceptCompletion },
      { key: 'Tab', run: indentMore, shift: indentLess },
      ...(help ? [{ key: 'F1', run: explain }, { key: 'Alt-h', run: explain }, { key: 'F8', run: next }, { key: 'Ctrl-Space', run: offer }] : []),
      ...ours(completionKeymap),
      ...ours(historyKeymap),
      ...ours(standardKeymap),
    ]),
    history(),
    drawSelection(),
    lineNumbers(),
    highlightActiveLine(),
    indentUnit.of('  '),
    EditorState.tabSize.of(2),
    EditorView.contentAttributes.of({ 'aria-label': label, 'tabindex': '0', 'autocapitalize': 'off', 'autocorrect': 'off', 'spellcheck': 'false' }),
    // what opens stays on the slide, and never covers the buttons above the text
    tooltips({ position: 'absolute', tooltipSpace: (view) => {
      const { left, right, bottom } = (view.dom.closest('.slidev-layout') ?? view.dom).getBoundingClientRect()
      return { left, right, bottom, top: view.scrollDOM.getBoundingClientRect().top }
    } }),
    EditorState.changeFilter.of((transaction) => {
      if (!transaction.docChanged || transaction.newDoc.length <= most || transaction.newDoc.length <= transaction.startState.doc.length)
        return true
      full()
      return false
    }),
    EditorView.updateListener.of(({ docChanged, selectionSet, state, transactions }) => {
      if (docChanged && !transactions.some(each => each.annotation(fromElsewhere)))
        changed(state.doc.toString())
      if (docChanged || selectionSet)
        moved(state.selection.main.head)
    }),
    looks,
    ...(manifest && help
      ? [
          yaml(),
          goOn(manifest.help),
          help.extensions,
          autocompletion({ override: [complete(manifest.offers)], icons: false, defaultKeymap: false, activateOnTypingDelay: 150, maxRenderedOptions: 60, addToOptions: [{ render: comma, position: 65 }] }),
          lintGutter(),
          linter((view) => {
            const text = view.state.doc.toString()
            const problems = manifest.problems(text)
            manifest.found(problems)
            return problems.filter(({ note }) => !note).map(diagnostic(text.length))
          }, { delay: PAUSE }),
        ]
      : []),
  ]
}
