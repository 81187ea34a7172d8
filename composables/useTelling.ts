// A status that grows: each telling is a paragraph of its own, and the last few stay, so that what was told a moment ago is not taken away before it is heard.
import type { Ref } from 'vue'
import { onScopeDispose, ref } from 'vue'

/** how many tellings stay */
export const STAY = 4
/** ms in which what is told together comes together */
const TOGETHER = 150

/** One paragraph of a status. `no` is another for each: the same words told again are heard again. */
export interface Telling { readonly no: number, readonly words: string }

export interface Tellings<T> {
  /** for a status with `aria-atomic="false"`: the latest is the last */
  readonly said: Readonly<Ref<readonly Telling[]>>
  /** tells it soon, with what else is told at the same time */
  readonly tell: (part: T) => void
  /** what was told is gone, and what was about to be told is not */
  readonly hush: () => void
}

/** Each text once, one after the other. */
const inTurn = (parts: readonly string[]) => [...new Set(parts)].filter(Boolean).join(' ')

/** Call in setup: what is told together is a paragraph of whole texts. */
export function useTelling(): Tellings<string>
/** @param compose the words of what is told together; where there are none, nothing is told */
export function useTelling<T>(compose: (parts: readonly T[]) => string): Tellings<T>
export function useTelling(compose: (parts: readonly string[]) => string = inTurn): Tellings<string> {
  const said = ref<readonly Telling[]>([])
  let parts: string[] = []
  let no = 0
  let wait: ReturnType<typeof setTimeout> | undefined
  function tell(part: string): void {
    parts.push(part)
    wait ??= setTimeout(() => {
      const words = compose(parts)
      parts = []
      wait = undefined
      if (words)
        said.value = [...said.value, { no: no += 1, words }].slice(-STAY)
    }, TOGETHER)
  }
  function hush(): void {
    clearTimeout(wait)
    wait = undefined
    parts = []
    said.value = []
  }
  onScopeDispose(hush)
  return { said, tell, hush }
}
