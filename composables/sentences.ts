// What happened, was done or was refused, as sentences for those who hear a diagram. No Vue, no browser.
import type { StoryEvent } from '../models/story.ts'
import type { Done } from './useStory.ts'

/** how many events are told in one breath */
const TOGETHER = 2

/** A text with its Pods by the ends of their names, as their boxes have them: what comes before is their Deployment's and their template's. */
export const brief = (text: string): string => text.replace(/\b[a-z][\w-]*?-[b-df-hj-np-tv-z24-9]{8,10}-([b-df-hj-np-tv-z24-9]{5})\b/g, '$1')

/** A refusal as it is seen and heard: what and why in a sentence, then whoever refused it in its own words. */
export function refusalLines(refusal: string): string[] {
  const [plain = '', ...own] = refusal.split('\n')
  return [brief(plain), ...own.length ? [own.join(' ')] : []]
}

/** Components are called what they are called, also where a sentence begins. */
const isComponent = (by: string) => by === 'kubelet' || /^[a-z]+(?:-[a-z]+)+$/.test(by)

/** An event as a sentence. */
export function eventSentence({ by, text: long }: Pick<StoryEvent, 'by' | 'text'>): string {
  const text = brief(long)
  const name = isComponent(by) ? by : `${by.charAt(0).toUpperCase()}${by.slice(1)}`
  const words = /^\p{Lu}/u.test(text) ? `${name}: ${text}` : `${name} ${text}`
  return /[.!?]$/.test(words) ? words : `${words}.`
}

/** What was done by hand at a time and what followed at once, as sentences; empty where nothing tells of it. */
export function deedSentence(events: readonly StoryEvent[], at: number): string {
  const then = events.filter(e => e.at === at)
  const mine = then.findLastIndex(e => e.by === 'you')
  return mine < 0 ? '' : then.slice(mine).map(eventSentence).join(' ')
}

/** Of events, those that matter and that nobody did by hand. */
export const outcomes = (events: readonly StoryEvent[]): StoryEvent[] => events.filter(e => e.major && e.by !== 'you')

/** What an event is about, whichever way it turned. */
const about = ({ by, text }: StoryEvent) => `${by} ${text.replace(' not ready', ' ready')}`

/** What came of a deed, as one text of a breath's length: what came first, and where that is too much, the last of it; nothing that has turned round since. */
export function inOneBreath(events: readonly StoryEvent[]): string {
  const lasting = events.filter((each, i) => !events.slice(i + 1).some(later => about(later) === about(each)))
  const told = lasting.length > TOGETHER ? [...lasting.slice(0, TOGETHER - 1), lasting.at(-1)!] : lasting
  return told.map(eventSentence).join(' ')
}

/** The deed that came last, where the list has one that it had not before. */
export function newDeed(before: readonly Done[], after: readonly Done[]): Done | undefined {
  const last = after.at(-1)
  const known = new Set(before.map(deed => JSON.stringify(deed)))
  return last && (after.length > before.length || !known.has(JSON.stringify(last))) ? last : undefined
}
