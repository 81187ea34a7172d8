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

/** A text with its Pods by the ends of their names, as their boxes have them: what comes before is their Deployment's and their template's. */
export const brief = (text: string): string => text.replace(/\b[a-z][\w-]*?-[b-df-hj-np-tv-z24-9]{8,10}-([b-df-hj-np-tv-z24-9]{5})\b/g, '$1')

/** An event as a sentence. */
export function eventSentence({ by, text: long }: Pick<StoryEvent, 'by' | 'text'>): string {
  const text = brief(long)
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

/** Of what came of a deed the last that matters and that nobody did by hand. */
export function causeOf(events: readonly StoryEvent[]): StoryEvent | undefined {
  return events.findLast(e => e.major && e.by !== 'you')
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
 * @param setting what a deed is told as where it is no event but a setting of the whole story; nothing else is told with it
 */
export function useSpoken<V>({ story, done, refusal }: StoryState<V>, { t, settled, goal, moment }: Playback, seat: Seat, note: Ref<string>, state: () => string, setting: (deed: Done) => string | undefined = () => undefined): Spoken {
  const spoken = ref('')
  let wait: ReturnType<typeof setTimeout> | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  /** nothing is spoken before */
  let open = 0
  let spokenAt = -Infinity
  let known: readonly Done[] = []
  /** what was done and is not told yet */
  let deed: { words: string, at: number, alone: boolean } | undefined
  /** what was done plays on from this time, and this was the last that was told of it */
  let follows: { from: number, told?: StoryEvent } | undefined
  /** the story became another, and the moment's sentence did not */
  let changed = false

  /** @param repeat once more, if these words are what was said last: what comes of itself is said once */
  function aloud(text: string, repeat = false): void {
    clearTimeout(again)
    spokenAt = performance.now()
    if (text && text === spoken.value && repeat) {
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
    deed = follows = undefined
    changed = false
  }

  function rest(): void {
    const reached = story.value.moments.findLast(m => m.at === t.value)?.sentence
    // where nothing is left of what was done, the script's own words hold
    const words = deed?.at === t.value || (changed && done.value.length) ? state() : reached ?? state()
    const cause = follows && causeOf(story.value.events(follows.from, t.value))
    const told = deed?.alone ? deed.words : [deed?.words, cause && cause !== follows?.told ? eventSentence(cause) : '', words].filter(Boolean).join(' ')
    aloud(note.value || refusal.value || told, Boolean(deed || refusal.value))
    deed = follows = undefined
    changed = false
  }

  const sentenceAt = (from: typeof story.value) => from.moments.findLast(m => m.at === t.value)?.sentence
  watch([seat.live, story, t, settled, refusal, note] as const, ([live, now, time, still, why, noted], [wasLive, before, timeBefore, wasStill, whyBefore]) => {
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
      const alone = made && setting(made)
      deed = made && { words: alone ?? deedSentence(now.events(-1, now.duration), made.at), at: made.at, alone: alone !== undefined }
      follows = made && !deed?.alone ? { from: made.at } : undefined
      changed = !made && before !== undefined && time === timeBefore && sentenceAt(now) === sentenceAt(before)
    }
    // what was refused is over as soon as anything else is done
    if (!why && whyBefore && spoken.value === whyBefore)
      spoken.value = ''
    // a note or a refusal that only goes is no news
    if (!other && time === timeBefore && still === wasStill && !why && !noted)
      return
    if (still || noted || why) {
      later(rest)
    }
    else if (other && deed?.words) {
      const { words } = deed
      deed = undefined
      later(() => aloud(words, true))
    }
  }, { immediate: true })

  // the words begin with the way, as what is seen does
  watch(goal, (to) => {
    const sentence = to === undefined || !seat.live.value ? undefined : story.value.moments.findLast(m => m.at === to)?.sentence
    if (!sentence)
      return
    clearTimeout(wait)
    aloud(sentence)
  })
  watch(moment, (now, before) => {
    if (seat.live.value && !settled.value && now > before)
      aloud(story.value.moments[now]!.sentence)
  })
  const latest = computed(() => story.value.events(-1, t.value).at(-1))
  watch(latest, (now) => {
    // what came with the deed at once is told with it
    if (now?.major && now.by !== 'you' && follows && now.at > follows.from && seat.live.value && !settled.value && performance.now() - spokenAt > BREATH) {
      follows.told = now
      aloud(eventSentence(now))
    }
  })
  onUnmounted(hush)

  return { spoken, refused: () => later(rest) }
}
