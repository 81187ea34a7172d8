// The API's own words on a field: under the mouse, and by a key at the cursor.
import type { FieldHelp } from '../../../cluster/manifest/index.ts'
import type { Command, Tooltip } from '@codemirror/view'
import { StateEffect, StateField } from '@codemirror/state'
import { closeHoverTooltips, hoverTooltip, showTooltip } from '@codemirror/view'

type Ask = (text: string, offset: number) => FieldHelp | undefined

function draw({ path, type, required, values, text }: FieldHelp): HTMLElement {
  const box = document.createElement('div')
  box.className = 'field-help'
  const add = (name: string, said: string) => box.append(Object.assign(document.createElement(name), { textContent: said }))
  add('b', '')
  // a long path is broken after its dots
  path.split('.').forEach((step, i) => box.firstElementChild!.append(...(i ? ['.', document.createElement('wbr'), step] : [step])))
  add('i', ` <${type}>${required ? ' required' : ''}`)
  if (values.length)
    add('span', `One of ${values.join(', ')}.`)
  add('span', text)
  return box
}

/** On one line, for those who hear it. */
export const spoken = ({ path, type, required, text }: FieldHelp) => `${path}, ${type}${required ? ', required' : ''}. ${text}`

const show = StateEffect.define<Tooltip | null>()

/** The help that a key has opened; it goes when the cursor or the text does. */
const opened = StateField.define<Tooltip | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(show))
        return effect.value
    }
    return transaction.docChanged || transaction.selection ? null : value
  },
  provide: field => showTooltip.from(field),
})

/** Closes the help; false where none is open. */
export const closeHelp: Command = (view) => {
  // that under the mouse goes, too, and nobody waits for it
  view.dispatch({ effects: closeHoverTooltips })
  if (!view.state.field(opened, false))
    return false
  view.dispatch({ effects: show.of(null) })
  return true
}

/** @param say what is told to those who do not see it */
export function fieldHelp(ask: Ask, say: (text: string) => void) {
  const open: Command = (view) => {
    if (closeHelp(view))
      return true
    const { head } = view.state.selection.main
    const help = ask(view.state.doc.toString(), head)
    say(help ? spoken(help) : 'No field is known here.')
    view.dispatch({ effects: show.of(help ? { pos: head, above: false, create: () => ({ dom: draw(help) }) } : null) })
    return true
  }
  const hover = hoverTooltip((view, pos) => {
    const help = ask(view.state.doc.toString(), pos)
    return help && pos >= help.from && pos <= help.to && help.to > help.from ? { pos: help.from, end: help.to, above: false, create: () => ({ dom: draw(help) }) } : null
  }, { hoverTime: 250, hideOnChange: true })
  return { open, extensions: [opened, hover] }
}
