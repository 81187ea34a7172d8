// A diagram's run in an address: copied by a button, and taken from the address that the page was opened with.
import type { Ref } from 'vue'
import type { Seat } from './slidev.ts'
import type { Mirror } from './useMirror.ts'
import type { StoryState } from './useStory.ts'
import { nextTick, onUnmounted, ref, watch } from 'vue'
import { addressOf, carried, readCarried } from './address.ts'
import { deckAddress } from './slidev.ts'

/** how long it is said, in ms */
const SAID = 4000

export interface Address {
  /** what is to be said of it just now */
  note: Ref<string>
  copied: Ref<boolean>
  /** to be copied by hand, where the browser does not let us; empty where there is none */
  address: Ref<string>
  share: () => Promise<void>
}

/** @param id the story's name, where it has no scenario of its own */
export function useAddress<V>(id: string, state: StoryState<V>, { playback, visit }: Mirror, seat: Seat): Address {
  const note = ref('')
  const copied = ref(false)
  const address = ref('')
  const name = () => state.run.value.scenario || id

  let wait: ReturnType<typeof setTimeout> | undefined
  function say(text: string, long = 1): void {
    note.value = text
    clearTimeout(wait)
    wait = setTimeout(hush, SAID * long)
  }
  function hush(): void {
    clearTimeout(wait)
    note.value = ''
    copied.value = false
  }
  // what is done next is what is to be said next
  watch(state.story, hush, { flush: 'sync' })

  function open(): void {
    const now = carried.value
    if (!now || !seat.live.value)
      return
    const bad = (why: string) => {
      carried.value = null
      say(`The address could not be followed: ${why}. This is a fresh start.`, 3)
    }
    let read: ReturnType<typeof readCarried>
    try {
      read = readCarried(now)
    }
    catch (error) {
      return bad((error as Error).message)
    }
    if (read.scenario !== name()) {
      // another diagram of the slide may know it
      void nextTick(() => carried.value === now && seat.live.value && bad(`it tells of "${read.scenario.slice(0, 24)}", which is not on this slide`))
      return
    }
    if (!visit(read.done, read.seed, read.t))
      return bad(state.refusal.value)
    carried.value = null
  }
  // once the clicks have brought the slide where they bring it
  if (seat.stage)
    watch([carried, seat.live], () => void nextTick(open), { immediate: true, flush: 'post' })
  onUnmounted(() => clearTimeout(wait))

  return {
    note,
    copied,
    address,
    async share() {
      const alias = typeof seat.frontmatter.routeAlias === 'string' ? seat.frontmatter.routeAlias : String(seat.page)
      const text = addressOf(deckAddress(), alias, seat.clicks.value, { ...state.run.value, scenario: name() }, playback.t.value)
      try {
        await navigator.clipboard.writeText(text)
        copied.value = true
        address.value = ''
        say('Copied: an address that shows this run at this time')
      }
      catch {
        address.value = text
      }
    },
  }
}
