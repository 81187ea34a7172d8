// When the terminal of an exercise takes the whole width: for a table that does not fit beside the cluster, for a comparison, or because somebody wants it.
import type { Ref } from 'vue'
import type { Entry } from '../../scenarios/terminal.ts'
import { computed, ref, watch } from 'vue'
import { screen, SNUG, widthOf } from './lines.ts'

/** Whether somebody wants it wide, and how many lines there were when somebody wanted it back; −1 where nobody did. */
export interface Hand { readonly [key: string]: boolean | number, readonly kept: boolean, readonly back: number }

/** said once for all exercises: then it is known */
let said = false

/** What has to be read beside a file that is open again: a comparison, or why it was refused. */
const isRead = (entry: Entry | undefined) => !!entry && (entry.line.startsWith('kubectl diff ') || (entry.line.startsWith('kubectl apply ') && !!entry.exit))

/**
 * Who presses the button is right until the next line.
 * @param entries what was typed and printed
 * @param editor what is open
 * @param hand what was done by hand: kept wide, and how many lines there were when it was brought back
 */
export function useSpread(entries: Readonly<Ref<readonly Entry[]>>, editor: Readonly<Ref<unknown>>, hand: Ref<Hand>) {
  /** what the editor was reopened after, a comparison or a refusal, stands beside it, also while it is mended: until the next line */
  const reads = computed(() => !!editor.value && isRead(entries.value.at(-2)))
  const needed = computed(() => {
    const block = screen(entries.value.slice(-1))[0]
    return reads.value || (!!block && widthOf(block) > SNUG)
  })
  const wide = computed(() => hand.value.kept || (needed.value && hand.value.back !== entries.value.length))
  function spread(): void {
    const was = wide.value
    hand.value = { kept: !was, back: was ? entries.value.length : -1 }
  }
  const say = ref('')
  watch(() => [wide.value, entries.value.length] as const, ([now]) => {
    say.value = now && !hand.value.kept && !reads.value && !said ? 'Too wide for its place: it has the whole width until the next line, or until the button at the top right.' : ''
    said ||= !!say.value
  })
  return { wide, reads, say, spread }
}
