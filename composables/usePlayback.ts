// Playback of a story on a slide: the one place that decides whether anything moves.
import type { ComputedRef, Ref } from 'vue'
import type { Head } from './head.ts'
import type { Seat } from './slidev.ts'
import type { StoryState } from './useStory.ts'
import { computed, onMounted, onUnmounted, ref, watch } from 'vue'
import { clampTime } from '../models/story.ts'
import { walker } from './head.ts'

/** how long a click takes to reach its moment, in ms on the wall */
const GLIDE = 1600

export interface Playback {
  /** the playhead: virtual ms */
  t: Ref<number>
  playing: Ref<boolean>
  speed: Ref<number>
  /** nothing on the way: neither playing nor on the way to a moment */
  settled: ComputedRef<boolean>
  /** where a click's way leads, while it is on it: virtual ms */
  goal: ComputedRef<number | undefined>
  /** motion is not wanted: the playhead jumps where others glide or play */
  still: Ref<boolean>
  /** the last moment reached, −1 before the first */
  moment: ComputedRef<number>
  play: () => void
  pause: () => void
  seek: (t: number) => void
  /** to the end, or to the last that is not left out there */
  end: () => void
  /** to the next event or moment that is not left out: at once, nothing moves on the way */
  next: () => void
  back: () => void
  restart: () => void
  /** the playhead as other windows are told it */
  head: (step?: true) => Head
  /** goes where another window's playhead is */
  take: (head: Head) => void
}

/** What playback asks and tells those who keep the run. */
export interface Keeper {
  /** the playhead as it was last known to anybody */
  left: () => Head | undefined
  /** the slide is shown, and was not before */
  arrived: () => void
  /** a click brought the playhead somewhere */
  stepped: () => void
  /** the slide was left while it was playing, with so many clicks made */
  departed: (click: number) => void
  /** the window went out of sight. @returns whether to stop */
  hidden: () => boolean
}

/**
 * @param state its story may be exchanged for another: the playhead stays where it is
 * @param seat where this copy stands: a copy that is not live never moves
 * @param clicks how many of the slide's clicks were made; click n goes to the script's moment n, and tells the story anew where what was
 * done has cut that moment off
 */
export function usePlayback<V>(state: Pick<StoryState<V>, 'story' | 'momentOf'>, seat: Seat, clicks: ComputedRef<number>, keeper: Keeper): Playback {
  const { story } = state
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
  /** where and when it was begun to play, and how far it has come since */
  let anchor = { t: 0, wall: 0 }
  let walk: ReturnType<typeof walker> = () => 0
  function begin(at: number, wall: number): void {
    anchor = { t: at, wall }
    walk = walker(story.value, { ...anchor, speed: speed.value })
  }

  function tick(): void {
    frame = 0
    if (glide.value) {
      const share = Math.min(1, (performance.now() - glide.value.begun) / GLIDE)
      const eased = share < 0.5 ? 2 * share * share : 1 - 2 * (1 - share) ** 2
      t.value = whole(glide.value.from + (glide.value.to - glide.value.from) * eased)
      if (share === 1)
        glide.value = null
    }
    else if (playing.value) {
      const to = whole(walk(Date.now()))
      // who wants no motion and follows one who plays is shown the moments
      t.value = still.value ? Math.max(t.value, story.value.moments.findLast(m => m.at <= to)?.at ?? 0) : to
      if (to >= end.value) {
        t.value = end.value
        playing.value = false
      }
    }
    schedule()
  }

  function schedule(): void {
    if (!settled.value && seat.live.value && !frame)
      frame = requestAnimationFrame(tick)
  }

  function stop(): void {
    playing.value = false
    if (glide.value)
      t.value = glide.value.to
    glide.value = null
  }

  function seek(to: number): void {
    stop()
    t.value = whole(to)
  }

  function glideTo(to: number, jump: boolean): void {
    if (glide.value?.to === to)
      return
    stop()
    if (jump || still.value || !seat.live.value || to < t.value || to === t.value)
      return seek(to)
    glide.value = { from: t.value, to, begun: performance.now() }
    schedule()
  }

  function take(head: Head): void {
    if (head.step && !head.playing)
      return glideTo(whole(head.t), head.click !== clicks.value && head.click !== clicks.value + 1)
    stop()
    speed.value = head.speed
    begin(head.t, head.wall)
    t.value = whole(head.playing && !still.value ? walk(Date.now()) : head.t)
    playing.value = head.playing && t.value < end.value
    schedule()
  }

  const goal = (made: number) => state.momentOf(made).at

  function stops(): number[] {
    const { duration, moments, events } = story.value
    const all = [...events(-1, duration).filter(e => e.major), ...moments.filter(m => !m.out)].map(s => s.at)
    return [...new Set([0, ...all, ...moments.some(m => m.out && m.at === duration) ? [] : [duration]])].sort((a, b) => a - b)
  }
  /** where playing and stepping end: what is left out at the end is not gone to */
  const end = computed(() => story.value.moments.some(m => m.out && m.at === story.value.duration) ? stops().at(-1)! : story.value.duration)

  // clicks steer the copy that is shown; one that comes back to at the click where it was left is found as it was left;
  // a copy that is never live, as the presenter's view of the next slide, stands still at its click's moment
  let seen = false
  watch([clicks, seat.live] as const, ([made, shown], [before = made, wasShown]) => {
    if (!shown) {
      if (wasShown && playing.value)
        keeper.departed(before)
      stop()
      if (!seen)
        seek(goal(made))
      return
    }
    if (!wasShown) {
      keeper.arrived()
      const left = keeper.left()
      if (left?.click === made) {
        take({ ...left, step: undefined })
      }
      else {
        seek(goal(made))
        if (left)
          keeper.stepped()
      }
    }
    else if (made !== before) {
      const was = story.value
      const to = goal(made)
      // the way to a moment of a story that is told anew begins at the moment before it
      if (story.value !== was && made > before)
        seek(goal(before))
      glideTo(to, Math.abs(made - before) > 1)
      keeper.stepped()
    }
    seen = true
  }, { immediate: true, flush: 'post' })
  // another story, or more is known of it
  watch([story, () => story.value.duration], () => {
    if (playing.value)
      walk = walker(story.value, { ...anchor, speed: speed.value })
    t.value = whole(t.value)
  })
  watch(speed, () => begin(t.value, Date.now()), { flush: 'sync' })

  const wish = typeof matchMedia === 'function' ? matchMedia('(prefers-reduced-motion: reduce)') : undefined
  const heed = () => {
    still.value = !story.value.words && (wish?.matches ?? false)
    if (still.value)
      stop()
  }
  const hidden = () => {
    if (document.hidden && !settled.value && seat.live.value && keeper.hidden())
      stop()
  }
  onMounted(() => {
    heed()
    wish?.addEventListener('change', heed)
    document.addEventListener('visibilitychange', hidden)
    window.addEventListener('pagehide', hidden)
  })
  onUnmounted(() => {
    stop()
    cancelAnimationFrame(frame)
    wish?.removeEventListener('change', heed)
    document.removeEventListener('visibilitychange', hidden)
    window.removeEventListener('pagehide', hidden)
  })

  return {
    t,
    playing,
    speed,
    settled,
    goal: computed(() => glide.value?.to),
    still,
    moment,
    play() {
      if (still.value)
        return seek(story.value.moments.find(m => m.at > t.value && !m.out)?.at ?? end.value)
      if (t.value >= end.value)
        seek(0)
      glide.value = null
      begin(t.value, Date.now())
      playing.value = true
      schedule()
    },
    pause: stop,
    seek,
    end: () => seek(end.value),
    next: () => seek(stops().find(at => at > t.value) ?? t.value),
    back: () => seek(stops().findLast(at => at < t.value) ?? 0),
    restart() {
      seek(0)
      speed.value = 1
    },
    head: step => ({
      t: playing.value ? anchor.t : glide.value?.to ?? t.value,
      playing: playing.value,
      speed: speed.value,
      wall: playing.value ? anchor.wall : 0,
      click: clicks.value,
      ...(step && { step }),
    }),
    take,
  }
}
