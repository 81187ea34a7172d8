// Playback of a story on a slide: the one place that decides whether anything moves.
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import type { Story } from '../models/story.ts'
import type { Seat } from './slidev.ts'
import { computed, onMounted, onUnmounted, ref, watch } from 'vue'
import { clampTime } from '../models/story.ts'

/** how long a click takes to reach its moment, in ms on the wall */
const GLIDE = 1600

export interface Playback {
  /** the playhead: virtual ms */
  t: Ref<number>
  playing: Ref<boolean>
  speed: Ref<number>
  /** nothing on the way: neither playing nor on the way to a moment */
  settled: ComputedRef<boolean>
  /** motion is not wanted: the playhead jumps from moment to moment */
  still: Ref<boolean>
  /** the last moment reached, −1 before the first */
  moment: ComputedRef<number>
  play: () => void
  pause: () => void
  seek: (t: number) => void
  /** to the next event or, with `still`, to the next moment */
  next: () => void
  back: () => void
  restart: () => void
}

/**
 * @param story may be exchanged for another: the playhead stays where it is
 * @param seat where this copy stands: a copy that is not live never moves
 * @param clicks how many of the slide's clicks were made; click n goes to moment n
 */
export function usePlayback<V>(story: ShallowRef<Story<V>>, seat: Seat, clicks: ComputedRef<number>): Playback {
  const t = ref(0)
  const playing = ref(false)
  const speed = ref(1)
  const glide = ref<{ from: number, to: number, begun: number } | null>(null)
  const still = ref(false)
  const settled = computed(() => !playing.value && !glide.value)
  const moment = computed(() => story.value.moments.findLastIndex(m => m.at <= t.value))

  /** virtual time is whole ms: what is done now lies neither before nor after what is shown */
  const whole = (time: number) => Math.round(clampTime(story.value, time))

  let frame = 0
  let last = 0
  /** what has passed of the next ms: where time runs slowly, a frame is less than one */
  let rest = 0

  function tick(now: number): void {
    frame = 0
    if (glide.value) {
      const share = Math.min(1, (now - glide.value.begun) / GLIDE)
      const eased = share < 0.5 ? 2 * share * share : 1 - 2 * (1 - share) ** 2
      t.value = whole(glide.value.from + (glide.value.to - glide.value.from) * eased)
      if (share === 1)
        glide.value = null
    }
    else if (playing.value) {
      const passed = Math.min(100, now - last)
      const { pace = 1 } = story.value
      const on = rest + passed * speed.value * (typeof pace === 'function' ? pace(t.value) : pace)
      rest = on - Math.floor(on)
      t.value = whole(t.value + Math.floor(on))
      if (t.value >= story.value.duration)
        playing.value = false
    }
    last = now
    schedule()
  }

  function schedule(): void {
    if (!settled.value && seat.live.value && !frame) {
      last ||= performance.now()
      frame = requestAnimationFrame(tick)
    }
  }

  function stop(): void {
    playing.value = false
    if (glide.value)
      t.value = glide.value.to
    glide.value = null
    last = 0
  }

  function seek(to: number): void {
    stop()
    t.value = whole(to)
  }

  function glideTo(to: number, jump: boolean): void {
    stop()
    if (jump || still.value || !seat.live.value || to < t.value || to === t.value)
      return seek(to)
    glide.value = { from: t.value, to, begun: performance.now() }
    schedule()
  }

  // clicks steer the copy that is shown; one that comes back to at the click where it was left is found as it was left;
  // a copy that is never live, as the presenter's view of the next slide, stands still at its click's moment
  let seen = false
  let leftAt: number | undefined
  watch([clicks, seat.live] as const, ([made, shown], [before, wasShown]) => {
    const goal = story.value.moments[Math.min(made, story.value.moments.length - 1)]!
    if (!shown) {
      stop()
      if (wasShown)
        leftAt = before
      if (!seen)
        seek(goal.at)
      return
    }
    if (!seen || (!wasShown && made !== leftAt))
      seek(goal.at)
    else if (wasShown && made !== before)
      glideTo(goal.at, Math.abs(made - (before ?? 0)) > 1)
    seen = true
  }, { immediate: true, flush: 'post' })
  watch(story, () => t.value = whole(t.value))

  const wish = typeof matchMedia === 'function' ? matchMedia('(prefers-reduced-motion: reduce)') : undefined
  const heed = () => {
    still.value = wish?.matches ?? false
    if (still.value)
      stop()
  }
  const hidden = () => {
    if (document.hidden)
      stop()
  }
  onMounted(() => {
    heed()
    wish?.addEventListener('change', heed)
    document.addEventListener('visibilitychange', hidden)
  })
  onUnmounted(() => {
    stop()
    cancelAnimationFrame(frame)
    wish?.removeEventListener('change', heed)
    document.removeEventListener('visibilitychange', hidden)
  })

  function stops(): number[] {
    const all = still.value ? story.value.moments : [...story.value.events(-1, story.value.duration).filter(e => e.major), ...story.value.moments]
    return [...new Set([0, ...all.map(s => s.at), story.value.duration])].sort((a, b) => a - b)
  }

  return {
    t,
    playing,
    speed,
    settled,
    still,
    moment,
    play() {
      if (still.value)
        return seek(stops().find(at => at > t.value) ?? story.value.duration)
      if (t.value >= story.value.duration)
        seek(0)
      glide.value = null
      playing.value = true
      last = 0
      schedule()
    },
    pause: stop,
    seek,
    next: () => seek(stops().find(at => at > t.value) ?? story.value.duration),
    back: () => seek(stops().findLast(at => at < t.value) ?? 0),
    restart() {
      seek(0)
      speed.value = 1
    },
  }
}
