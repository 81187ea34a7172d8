// The keys of a prompt: a line is entered, completed, recalled from those typed before, changed as in a shell, and what runs is stopped.
import type { Ref } from 'vue'
import type { Completion } from '../../scenarios/terminal.ts'
import { nextTick, ref } from 'vue'
import { completed, controlled, joined, unjoined } from './lines.ts'

/** letters of a line at most */
export const MOST_LINE = 4000
/** of many completions so many are heard */
const SPOKEN = 8

export interface Prompting {
  readonly line: Ref<string>
  readonly input: Readonly<Ref<HTMLInputElement | null>>
  /** what was typed before, the newest last */
  readonly past: Readonly<Ref<readonly string[]>>
  /** a line runs */
  readonly waits: Readonly<Ref<boolean>>
  readonly complete: (line: string, cursor: number) => Completion
  /** takes a line that is not empty */
  readonly entered: (line: string) => void
  readonly interrupt: () => void
  readonly say: (words: string) => void
}

export function usePrompt({ line, input, past, waits, complete, entered, interrupt, say }: Prompting) {
  /** completions among which to choose */
  const offers = ref<readonly string[]>([])
  /** where the arrow keys are in what was typed, and what was being typed before */
  let recalled = -1
  let draft = ''
  const toCursor = (from: number) => void nextTick(() => input.value?.setSelectionRange(from, from))
  const cursor = () => input.value?.selectionStart ?? line.value.length

  function recall(step: 1 | -1): void {
    if (recalled < 0)
      draft = line.value
    const from = recalled < 0 ? past.value.length : recalled
    const to = from + step
    if (to < 0 || to > past.value.length)
      return
    recalled = to === past.value.length ? -1 : to
    line.value = recalled < 0 ? draft : joined(past.value[recalled]!)
    toCursor(line.value.length)
  }
  /** The line is another: what was offered for it is over. */
  function typed(): void {
    recalled = -1
    offers.value = []
  }
  function enter(): void {
    const whole = line.value.slice(0, MOST_LINE)
    typed()
    if (whole.trim())
      entered(unjoined(whole))
  }
  function tab(event: KeyboardEvent): void {
    // with nothing typed Tab goes on to what comes next, as everywhere
    if (!line.value.trim())
      return
    event.preventDefault()
    const offer = complete(line.value, cursor())
    const put = completed(line.value, offer)
    offers.value = put.line === line.value && offer.words.length > 1 ? offer.words : []
    const { words } = offer
    const some = words.slice(0, SPOKEN).join(', ')
    say(!words.length ? 'Nothing to complete. Escape leaves the line.' : words.length === 1 ? `Completed: ${words[0]}` : `${words.length} possible: ${some}${words.length > SPOKEN ? ' and more' : ''}`)
    line.value = put.line
    toCursor(put.cursor)
  }
  /** What is pasted over several lines is put into the one there is. */
  function paste(event: ClipboardEvent): void {
    const field = input.value
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (!field || !/[\r\n]/.test(text))
      return
    event.preventDefault()
    field.setRangeText(joined(text), field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end')
    const at = Math.min(field.selectionStart ?? MOST_LINE, MOST_LINE)
    line.value = field.value.slice(0, MOST_LINE)
    typed()
    toCursor(at)
  }
  function key(event: KeyboardEvent): void {
    const ctrl = event.ctrlKey && !event.metaKey && !event.altKey
    if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault()
      enter()
    }
    else if (event.key === 'Tab' && !event.shiftKey && !ctrl) { tab(event) }
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault()
      recall(event.key === 'ArrowUp' ? -1 : 1)
    }
    else if (ctrl && event.key === 'c' && input.value!.selectionStart === input.value!.selectionEnd && !getSelection()?.toString()) {
      event.preventDefault()
      if (waits.value)
        interrupt()
      else line.value = ''
      typed()
    }
    else if (ctrl && event.key === 'l') {
      event.preventDefault()
      entered('clear')
    }
    else if (ctrl && !event.shiftKey) {
      const put = controlled(event.key, line.value, cursor())
      if (!put)
        return
      event.preventDefault()
      if (put.line !== line.value) {
        line.value = put.line
        typed()
      }
      toCursor(put.cursor)
    }
  }
  return { offers, typed, enter, key, paste }
}
