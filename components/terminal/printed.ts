// What is heard of what a terminal prints: all of what is short; of what is long, how it begins and how many lines it has.
import type { Ref } from 'vue'
import type { Tellings } from '../../composables/useTelling.ts'
import type { Entry } from '../../scenarios/terminal.ts'
import { watch } from 'vue'
import { useTelling } from '../../composables/useTelling.ts'
import { unspelled } from './lines.ts'

/** lines that are heard whole, and of a longer output: of a description its end, where the events are */
const WHOLE = 10
const FIRST = 4

/** of a line that is longer, letters at its beginning and its end: there an error says what is wrong */
const LONG = 240
const [HEAD, TAIL] = [80, 140] as const
const shorter = (line: string) => line.length > LONG ? `${line.slice(0, HEAD)} … ${line.slice(-TAIL)}` : line

/** What is heard of a text: lines with a pause between them, columns with a blank. */
export function spoken(text: string): string {
  const lines = text.slice(text.lastIndexOf('\f') + 1).split('\n').map(line => shorter(line.trim().replace(/ {2,}/g, ' '))).filter(Boolean)
  const said = (some: readonly string[]) => some.map(line => /[.:;,?!]$/.test(line) ? line : `${line};`).join(' ').replace(/;$/, '.')
  if (lines.length > WHOLE && /^Events:/m.test(text))
    return `${lines.length} lines. The last: ${said(lines.slice(-FIRST))} The rest is in what the terminal printed.`
  return lines.length <= WHOLE ? said(lines) : `${lines.length} lines. The first: ${said(lines.slice(0, FIRST))} The rest is in what the terminal printed.`
}

/** the exit of a line that was stopped, by Control C or by the line after it */
const STOPPED = 130

/** Where somebody has heard until: so many entries, and so many pieces of the last of them. */
const until = (entries: readonly Entry[]) => ({ entries: entries.length, chunks: entries.at(-1)?.chunks.length ?? 0, ended: entries.at(-1)?.exit !== undefined })

/** A piece of what is printed, and our hints below it. */
interface Print { readonly text: string, readonly hints: readonly string[] }

/**
 * @param hintOf our line below what an entry printed: heard when it has ended
 * @param quiet nothing is spoken
 * @returns for a status: what was printed last. What was there at the beginning, or is there again, is not told
 */
export function usePrinted(entries: Readonly<Ref<readonly Entry[]>>, hintOf: (entry: Entry) => string | undefined, quiet: () => boolean | undefined): Tellings<Print>['said'] {
  const { said, tell, hush } = useTelling<Print>(prints => [spoken(prints.map(({ text }) => text).join('')), ...prints.flatMap(({ hints }) => hints).map(hint => `Hint: ${hint}`)].filter(Boolean).join(' '))
  let heard = until(entries.value)
  watch(entries, (now) => {
    const from = heard
    heard = until(now)
    // begun anew: nothing of before is there
    if (now.length < from.entries)
      return hush()
    if (quiet())
      return
    for (const [i, entry] of now.entries()) {
      const old = i === from.entries - 1
      if (i < from.entries - 1 || (old && from.ended))
        continue
      const more = entry.chunks.slice(old ? from.chunks : 0).map(chunk => chunk.text).join('')
      const text = entry.exit === STOPPED ? `${more.replace(/\^C\n$/, '')}\n${entry.line} was stopped.\n` : more
      const hint = entry.exit === undefined ? undefined : hintOf(entry)
      tell({ text, hints: hint ? [unspelled(hint)] : [] })
    }
  }, { flush: 'post' })
  return said
}
