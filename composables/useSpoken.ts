// What those who hear a diagram are told, and when: the state it rests in, what was done and what came of it, never ticks.
import type { Ref } from 'vue'
import type { StoryEvent } from '../models/story.ts'
import type { Playback } from './usePlayback.ts'
import type { Seat } from './slidev.ts'
import type { Done, StoryState } from './useStory.ts'
import { computed, onUnmounted, ref, watch } from 'vue'

/** ms after the slide is shown until its first words: those of a status that is not seen yet are never spoken */
const ARRIVAL = 500
/** ms of rest before a state is spoken */
const REST = 300
/** ms that an empty status stands before the same words are spoken once more */
const AGAIN = 100
/** ms between two events that are spoken while what was done plays on */
const BREATH = 4000

/** An event as a sentence. */
export function eventSentence({ by, text }: Pick<StoryEvent, 'by' | 'text'>): string {
  const name = `${by.charAt(0).toUpperCase()}${by.slice(1)}`
  const words = /^\p{Lu}/u.test(text) ? `${name}: ${text}` : `${name} ${text}`
  return /[.!?]$/.test(words) ? words : `${words}.`
}

/** What was done by hand at a time and what followed at once, as sentences; empty where nothing tells of it. */
export function deedSentence(events: readonly StoryEvent[], at: number): string {
  const then = events.filter(e => e.at === at)
  const mine = then.findLastIndex(e => e.by === 'you')
  return mine < 0 ? '' : then.slice(mine).map(eventSentence).join(' ')
}

/** The deed that came last, where the list has one that it had not before. */
export function newDeed(before: readonly Done[], after: readonly Done[]): Done | undefined {
  const last = after.at(-1)
  const known = new Set(before.map(deed => JSON.stringify(deed)))
  return last && (after.length > before.length || !known.has(JSON.stringify(last))) ? last : undefined
}

export interface Spoken {
  /** what stands in the diagram's status; empty while its slide is not shown */
  spoken: Ref<string>
  /** speaks a refusal once more: the same one may come twice */
  refused: () => void
}

/**
 * @param note said before all else
 * @param state what is to be seen, in words
 */
export function useSpoken<V>({ story, done, refusal }: StoryState<V>, { t, settled, moment }: Playback, seat: Seat, note: Ref<string>, state: () => string): Spoken {
  const spoken = ref('')
  let wait: ReturnType<typeof setTimeout> | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  /** nothing is spoken before */
  let open = 0
  let spokenAt = -Infinity
  let known: readonly Done[] = []
  /** what was done and is not told yet */
  let deed: { words: string, at: number } | undefined
  /** what was done plays on */
  let follows = false
  /** the story became another, and the moment's sentence did not */
  let changed = false

  function aloud(text: string): void {
    clearTimeout(again)
    spokenAt = performance.now()
    if (text && text === spoken.value) {
      spoken.value = ''
      again = setTimeout(() => spoken.value = text, AGAIN)
    }
    else {
      spoken.value = text
    }
  }
  function later(what: () => void): void {
    clearTimeout(wait)
    wait = setTimeout(what, Math.max(REST, open - performance.now()))
  }
  function hush(): void {
    clearTimeout(wait)
    clearTimeout(again)
    spoken.value = ''
    deed = undefined
    changed = follows = false
  }

  function rest(): void {
    const reached = story.value.moments.findLast(m => m.at === t.value)?.sentence
    const words = deed?.at === t.value || changed ? state() : reached ?? state()
    aloud(note.value || refusal.value || [deed?.words, words].filter(Boolean).join(' '))
    deed = undefined
    changed = follows = false
  }

  const sentenceAt = (from: typeof story.value) => from.moments.findLast(m => m.at === t.value)?.sentence
  watch([seat.live, story, t, settled, refusal, note] as const, ([live, now, time, still, why, noted], [wasLive, before, timeBefore, wasStill]) => {
    if (!live) {
      known = done.value
      return hush()
    }
    if (!wasLive) {
      hush()
      open = performance.now() + ARRIVAL
      known = done.value
      return later(rest)
    }
    const other = before !== now
    if (other) {
      const made = newDeed(known, done.value)
      known = done.value
      deed = made && { words: deedSentence(now.events(-1, now.duration), made.at), at: made.at }
      follows = made !== undefined
      changed = !made && before !== undefined && sentenceAt(now) === sentenceAt(before)
    }
    // a note or a refusal that only goes is no news
    if (!other && time === timeBefore && still === wasStill && !why && !noted)
      return
    if (still || noted || why) {
      later(rest)
    }
    else if (other && deed?.words) {
      const { words } = deed
      deed = undefined
      later(() => aloud(words))
    }
  }, { immediate: true })

  watch(moment, (now, before) => {
    if (seat.live.value && !settled.value && now > before)
      aloud(story.value.moments[now]!.sentence)
  })
  const latest = computed(() => story.value.events(-1, t.value).at(-1))
  watch(latest, (now) => {
    if (now?.major && now.by !== 'you' && follows && seat.live.value && !settled.value && performance.now() - spokenAt > BREATH)
      aloud(eventSentence(now))
  })
  onUnmounted(hush)

  return { spoken, refused: () => later(rest) }
}
