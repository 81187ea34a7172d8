// What those who hear a diagram are told, and when: the state it rests in, what was done and what came of it, never ticks.
import type { Ref } from 'vue'
import type { StoryEvent } from '../models/story.ts'
import type { Playback } from './usePlayback.ts'
import type { Seat } from './slidev.ts'
import type { Done, StoryState } from './useStory.ts'
import { computed, onUnmounted, ref, watch } from 'vue'
import { deedSentence, inOneBreath, newDeed, outcomes, refusalLines } from './sentences.ts'

/** ms after the slide is shown until its first words: those of a status that is not seen yet are never spoken */
const ARRIVAL = 500
/** ms of rest before a state is spoken */
const REST = 300
/** said where a click has dropped what left its moment out */
const LIFTED = 'All is shown again.'
/** said to whoever comes back to what was played with */
export const AS_LEFT = 'as it was left'
/** ms that an empty status stands before the same words are spoken once more */
const AGAIN = 100
/** ms from what is spoken to what came of it since, while what was done plays on */
const BREATH = 4000
/** ms in which a key is pressed twice by mistake */
const TWICE = 500

export interface Spoken {
  /** what stands in the diagram's status; empty while its slide is not shown */
  spoken: Ref<string>
  /** speaks a refusal once more: the same one may come twice */
  refused: () => void
  /** speaks anything else, each time anew: at once, or with what is about to be spoken */
  tell: (words: string) => void
}

/**
 * @param note said before all else
 * @param state what is to be seen, in words, where these were told of what happened; asked at each rest, also where the moment's own words are told instead
 * @param setting what a deed is told as where it is no event but a setting of the whole story; nothing else is told with it
 * @param returned whether somebody has come back to it, and it stands as it was left
 * @param holds what holds for a while, and the words for it: they are told when it begins while it plays, and not on the way to a click's moment
 */
export function useSpoken<V>({ story, done, refusal }: StoryState<V>, { t, settled, goal, moment }: Playback, seat: Seat, note: Ref<string>, state: (told: string) => string, setting: (deed: Done) => string | undefined = () => undefined, returned: Ref<boolean> = ref(false), holds: () => readonly [what: string, words: string] | undefined = () => undefined): Spoken {
  const spoken = ref('')
  let wait: ReturnType<typeof setTimeout> | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let breath: ReturnType<typeof setTimeout> | undefined
  /** nothing is spoken before */
  let open = 0
  let spokenAt = -Infinity
  let refusedAt = -Infinity
  let known: readonly Done[] = []
  /** what was done and is not told yet */
  let deed: { words: string, at: number, alone: boolean } | undefined
  /** what was done plays on: what came of it is known up to this time, and what of that is not told yet */
  let follows: { upTo: number, untold: StoryEvent[] } | undefined
  /** the story became another, and the moment's sentence did not */
  let changed = false
  /** a setting that left moments out is gone, and that is not told yet */
  let lifted = false
  /** the slide was come to just now */
  let arriving = false
  /** what holds by now, and what is not told yet of it */
  let holding = holds()?.[0]
  let begun = ''
  /** what was told while other words were about to be spoken: it is said with them, and not talked over */
  let besides: string[] = []

  /** @param repeat once more, if these words are what was said last: what comes of itself is said once */
  function aloud(words: string, repeat = false): void {
    const text = [words, ...besides].filter(Boolean).join(' ')
    besides = []
    clearTimeout(again)
    spokenAt = performance.now()
    if (text && spoken.value.endsWith(text) && repeat) {
      spoken.value = ''
      again = setTimeout(() => spoken.value = text, AGAIN)
    }
    else {
      spoken.value = text
    }
  }
  function later(what: () => void): void {
    clearTimeout(wait)
    wait = setTimeout(() => {
      wait = undefined
      what()
    }, Math.max(REST, open - performance.now()))
  }
  /** what was about to be spoken is not */
  function drop(): void {
    clearTimeout(wait)
    wait = undefined
    besides = []
  }
  function forget(): void {
    clearTimeout(breath)
    deed = follows = undefined
    changed = lifted = arriving = false
    begun = ''
  }
  function hush(): void {
    drop()
    clearTimeout(again)
    spoken.value = ''
    forget()
  }

  const why = () => refusalLines(refusal.value).join(' ')

  /** what has come of the deed since it was last told of */
  function gather(): void {
    if (follows && t.value > follows.upTo && !story.value.unfolding) {
      follows.untold.push(...outcomes(story.value.events(follows.upTo, t.value)))
      follows.upTo = t.value
    }
  }
  /** what is not told yet of what came of the deed; it is told then */
  function since(): string {
    gather()
    if (!follows)
      return ''
    const text = inOneBreath(follows.untold)
    follows.untold = []
    return text
  }
  /** what came of the deed waits until what was said before it has been heard */
  function inABreath(): void {
    clearTimeout(breath)
    breath = setTimeout(() => {
      if ((!follows && !begun) || settled.value || deed?.words)
        return
      if (performance.now() - spokenAt < BREATH)
        return inABreath()
      const text = [since(), begun].filter(Boolean).join(' ')
      begun = ''
      if (text)
        aloud(text)
    }, Math.max(0, spokenAt + BREATH - performance.now()))
  }

  /** a refusal that was just said is not talked over: what was done before it is told with it */
  function notOver(text: string): string {
    return refusal.value && performance.now() - refusedAt < BREATH ? [deed?.words, why()].filter(Boolean).join(' ') : text
  }
  function rest(): void {
    const reached = story.value.moments.findLast(m => m.at === t.value)?.sentence
    // where nothing is left of what was done, the script's own words hold
    const came = [deed?.words, since()].filter(Boolean).join(' ')
    const stands = state(came)
    const words = (deed?.at !== t.value && !(changed && done.value.length) && reached) || stands
    const told = deed?.alone ? deed.words : [lifted ? LIFTED : '', came, words].filter(Boolean).join(' ')
    aloud(note.value || notOver(arriving && returned.value ? `${AS_LEFT.replace(/^a/, 'A')}. ${told}` : told), Boolean(deed))
    forget()
  }
  /** a refusal is heard as it is seen: at once, whatever plays on */
  function refused(): void {
    // pressed twice by one hand is heard once
    if (performance.now() - refusedAt < TWICE && spoken.value.endsWith(why()))
      return
    refusedAt = performance.now()
    aloud(why(), true)
  }

  const sentenceAt = (from: typeof story.value) => from.moments.findLast(m => m.at === t.value)?.sentence
  watch([seat.live, story, t, settled, () => why(), note] as const, ([live, now, time, still, reason, noted], [wasLive, before, timeBefore, wasStill, reasonBefore, notedBefore]) => {
    if (!live) {
      known = done.value
      return hush()
    }
    if (!wasLive) {
      hush()
      open = performance.now() + ARRIVAL
      known = done.value
      arriving = true
      return later(rest)
    }
    const other = before !== now
    if (other) {
      lifted = !done.value.length && Boolean(before?.moments.some(m => m.out))
      const made = newDeed(known, done.value)
      known = done.value
      const alone = made && setting(made)
      deed = made && { words: alone ?? deedSentence(now.events(-1, now.duration), made.at), at: made.at, alone: alone !== undefined }
      follows = made && !deed?.alone ? { upTo: made.at, untold: [] } : undefined
      changed = !made && before !== undefined && time === timeBefore && sentenceAt(now) === sentenceAt(before)
    }
    // what was refused is over as soon as anything else is done
    if (!reason && reasonBefore && spoken.value === reasonBefore)
      spoken.value = ''
    if (reason && reason !== reasonBefore) {
      refusedAt = performance.now()
      aloud(reason)
    }
    // a note or a refusal that only goes is no news
    const told = noted && noted !== notedBefore
    if (!other && time === timeBefore && still === wasStill && !told)
      return
    if (still || told) {
      later(rest)
    }
    else if (other && deed?.words) {
      // first what was done, then what came of it, however soon that came
      later(() => {
        const words = [deed?.words, since()].filter(Boolean).join(' ')
        const text = notOver(words)
        deed = undefined
        aloud(text, true)
        if (begun)
          inABreath()
      })
    }
  }, { immediate: true })

  // the words begin with the way, as what is seen does
  watch(goal, (to) => {
    const sentence = to === undefined || !seat.live.value ? undefined : story.value.moments.findLast(m => m.at === to)?.sentence
    if (!sentence)
      return
    drop()
    clearTimeout(breath)
    deed = follows = undefined
    begun = ''
    aloud(lifted ? `${LIFTED} ${sentence}` : sentence)
    lifted = false
  })
  watch(moment, (now, before) => {
    if (seat.live.value && !settled.value && now > before)
      aloud(story.value.moments[now]!.sentence)
  })
  const latest = computed(() => story.value.events(-1, t.value).at(-1))
  watch(latest, () => {
    if (!follows || !seat.live.value || settled.value || deed?.words)
      return
    gather()
    if (follows.untold.length)
      inABreath()
  }, { flush: 'post' })
  watch(() => holds()?.[0], (now) => {
    if (now === undefined || now === holding)
      return
    holding = now
    if (!seat.live.value || settled.value || goal.value !== undefined)
      return
    begun = holds()![1]
    inABreath()
  }, { flush: 'post' })
  onUnmounted(hush)

  function tell(words: string): void {
    if (wait === undefined)
      aloud(words, true)
    else if (!besides.includes(words))
      besides.push(words)
  }
  return { spoken, refused, tell }
}
