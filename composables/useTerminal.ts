// A terminal's run on a slide: its time runs by itself while something goes on and the slide is shown, and stands still else.
import type { ComputedRef, Ref } from 'vue'
import type { Intervention } from '../models/story.ts'
import type { TerminalStory, TerminalView } from '../scenarios/terminal.ts'
import type { Mirror } from './useMirror.ts'
import type { Seat } from './slidev.ts'
import type { StoryState } from './useStory.ts'
import { computed, nextTick, onMounted, onUnmounted, ref, watch } from 'vue'
import { deeds } from '../scenarios/terminal.ts'
import { useMirror } from './useMirror.ts'
import { useShared } from './useShared.ts'
import { mayWrite } from './useWindows.ts'

export interface TerminalRun {
  mirror: Mirror
  view: ComputedRef<TerminalView>
  story: ComputedRef<TerminalStory>
  /** somebody has stopped the time by hand; in every window */
  held: Ref<boolean>
  /** how much goes on just now */
  going: ComputedRef<'line' | 'cluster' | undefined>
  enter: (line: string) => boolean
  interrupt: () => void
  save: (text: string) => boolean
  /** puts files into the terminal's folder */
  put: (files: Readonly<Record<string, string>>) => boolean
  /** stops the time, or lets it run again */
  hold: () => void
  /** ms of the cluster that pass at once; without a number, until the cluster is at rest */
  wait: (ms?: number) => void
}

/** Letters of all that was done: it has to fit into a message to other windows. */
const MOST = 150_000

/** @param id names the run among the windows */
export function useTerminal(id: string, state: StoryState<TerminalView>, seat: Seat): TerminalRun {
  const mirror = useMirror(id, state, seat, computed(() => 0))
  const { playback } = mirror
  const { t, settled } = playback
  const story = computed(() => state.story.value as TerminalStory)
  const held = useShared<boolean>(`held:${id}`, false, seat, value => typeof value === 'boolean')
  const view = computed(() => story.value.at(t.value))
  const going = computed(() => story.value.going(t.value))
  const seen = ref(true)

  /** tells the others, where this window may; one that watches follows, one that came by an address is looked at alone */
  function tell(): void {
    if (mayWrite() && !mirror.visiting.value)
      mirror.act()
  }

  const should = computed(() => seat.live.value && seen.value && settled.value && !held.value && going.value !== undefined)
  watch(should, async (now) => {
    await nextTick()
    if (!now || !should.value)
      return
    playback.play()
    tell()
  }, { immediate: true, flush: 'post' })
  watch(t, (now) => {
    if (playback.playing.value && !story.value.going(now)) {
      playback.pause()
      tell()
    }
  })

  const look = () => seen.value = !document.hidden
  onMounted(() => {
    look()
    document.addEventListener('visibilitychange', look)
  })
  onUnmounted(() => document.removeEventListener('visibilitychange', look))

  function act(op: Intervention): boolean {
    if (JSON.stringify(state.done.value).length + JSON.stringify(op).length > MOST) {
      state.refusal.value = 'That is as much as can be typed here: start over'
      return false
    }
    const done = mirror.intervene(t.value, op, playback.play)
    if (done)
      held.value = false
    return done
  }

  return {
    mirror,
    view,
    story,
    held,
    going,
    enter: line => act(deeds.type(line)),
    interrupt: () => void act(deeds.interrupt),
    save: text => act(deeds.edited(text)),
    put: files => act(deeds.files(files)),
    hold() {
      held.value = !held.value
      if (held.value)
        playback.pause()
      mirror.act()
    },
    wait(ms) {
      playback.seek(ms === undefined ? story.value.rest(t.value) : t.value + ms)
      mirror.act()
    },
  }
}
