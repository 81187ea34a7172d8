// What is heard of what a terminal prints: all of what is short; of what is long how many lines it has, and how it begins or, of a description, what it is asked for.
import type { Ref } from 'vue'
import type { Tellings } from '../../composables/useTelling.ts'
import type { Entry } from '../../scenarios/terminal.ts'
import { watch } from 'vue'
import { useTelling } from '../../composables/useTelling.ts'
import { unspelled } from './lines.ts'

/** lines that are heard whole, and how many of a longer output, or of its events, are heard */
const WHOLE = 10
const FIRST = 4

/** of a line that is longer, letters at its beginning and its end: there an error says what is wrong */
const LONG = 240
const [HEAD, TAIL] = [96, 140] as const
/** what the scheduler adds to its reason: that nobody can be made to leave */
const ADDED = /\. (?:no new claims to deallocate, )?preemption: .*$/
/** the line under a table's heads */
const RULE = /^-+(?: +-+)*$/
/** what a description is asked for: who is led to, what became of a container and why, who may not be sent to a node */
const ASKED = /^(?:Node|Selector|Endpoints|Status|State|Last State|Reason|Exit Code|Limits|Requests|Max replicas|Unschedulable|Taints):/
/** cells of a condition that tells its reason; those of a node have times besides */
const CONDITION = [3, 4] as const

const cellsOf = (line: string) => line.trim().split(/ {2,}/)
function shorter(line: string): string {
  const said = cellsOf(line).join(' ').replace(ADDED, '.')
  return said.length > LONG ? `${said.slice(0, HEAD).replace(/ \S*$/, '')} … ${said.slice(-TAIL).replace(/^\S* /, '')}` : said
}

const indentOf = (line: string | undefined) => line === undefined ? 0 : line.length - line.trimStart().length
/** The lines as they are heard: what stands behind a key and is nothing is said to be empty; what only rules a table is not heard. */
const heardOf = (lines: readonly string[]) => lines.map((line, i) => /^\s*[A-Z][\w ()/-]*:\s*$/.test(line) && indentOf(lines[i + 1]) <= indentOf(line) ? `${line.trim()} empty` : shorter(line)).filter(line => line && !RULE.test(line))

/** The conditions of a description that tell why. */
function conditionsOf(lines: readonly string[]): readonly string[] {
  const from = lines.findIndex(line => line.startsWith('Conditions:'))
  const below = from < 0 ? [] : lines.slice(from + 1)
  const end = below.findIndex(line => !/^\s/.test(line))
  // under the heads and their line
  return below.slice(0, end < 0 ? undefined : end).slice(2).filter(line => cellsOf(line).length >= CONDITION[0] && cellsOf(line).length <= CONDITION[1])
}

/** The lines, amounts behind the key they stand below: `Limits: memory: 64Mi`. */
const withBelow = (lines: readonly string[]): string[] => lines.map((line, i) => {
  if (!/^\s*(?:Limits|Requests):\s*$/.test(line))
    return line
  const end = lines.findIndex((each, j) => j > i && indentOf(each) <= indentOf(line))
  return `${line.trimEnd()} ${lines.slice(i + 1, end < 0 ? undefined : end).map(each => cellsOf(each).join(' ')).join(', ')}`
})

/** Of a description what it is asked for, and the last of its events. */
function describedOf(lines: readonly string[], events: number): string {
  const above = lines.slice(0, events)
  const [head = '', ...rows] = lines.slice(events)
  // their heads and the line under them
  const all = heardOf(rows.slice(2))
  // a warning tells why; where there is none, the first event tells where it all began
  const warnings = all.filter(line => line.startsWith('Warning')).slice(-FIRST)
  const last = /<none>/.test(head) ? ['Events: none'] : ['Events', ...warnings.length ? warnings : [...all.slice(0, 1), `${all.length} in all, and no warning`]]
  const asked = heardOf(withBelow(above)).filter(line => ASKED.test(line))
  return said([...asked, ...heardOf(conditionsOf(above)), ...last])
}

const said = (lines: readonly string[]) => lines.map(line => /[.:;,?!]$/.test(line) ? line : `${line};`).join(' ').replace(/;$/, '.')

/** What is heard of a text: lines with a pause between them, columns with a blank. */
export function spoken(text: string): string {
  const lines = text.slice(text.lastIndexOf('\f') + 1).split('\n').filter(line => line.trim())
  if (lines.length <= WHOLE)
    return said(heardOf(lines))
  const events = lines.findLastIndex(line => line.startsWith('Events:'))
  const told = events < 0 ? `The first: ${said(heardOf(lines).slice(0, FIRST))}` : `Of them: ${describedOf(lines, events)}`
  return `${lines.length} lines. ${told} The rest is in what the terminal printed.`
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
