// A scenario told: a cluster's history as a story with named moments, which a learner's deeds turn into another.
import type { Glance, Intervention as Step, Scenario, Timeline, WatchEvent } from '../cluster/index.ts'
import type { Intervention, Moment, Story, StoryEvent, Unfolding } from '../models/story.ts'
import { createCluster, gate, tell as tellWrite } from '../cluster/index.ts'
import { clampTime } from '../models/story.ts'
import { share } from './share.ts'

/** What a view may use besides the cluster at its time. */
export interface Past {
  /** virtual ms of the cluster at which the story begins */
  readonly begin: number
  /** all writes of the story, from the cluster's start to the story's end, in order: always the same array for a story; those up to some time from now where the rest is still being worked out */
  readonly writes: () => readonly WatchEvent[]
}

/** A moment whose sentence may name what is there: given the view at that time and at the beginning. */
export type Told<V> = Omit<Moment, 'sentence'> & { readonly sentence: string | ((view: V, start: V) => string) }

/** How a scenario is told. Times are virtual ms of the story, whose 0 is the cluster's `begin`, where nothing else is said. */
export interface Telling<V extends object> {
  /** machines and parts, as `scenarioOn` gives them; its own script is what makes the cluster ready before the story begins (times of the cluster) */
  readonly scenario: Scenario
  /** virtual ms of the cluster at which the story begins: by then all has come to rest */
  readonly begin: number
  /** what the lecture itself does, in order; from what there is at the beginning, where names hang on the seed */
  readonly script: readonly Step[] | ((start: V) => readonly Step[])
  readonly duration: number
  readonly moments: readonly Told<V>[]
  /** how long a story goes on after what a learner did last, ms: at most, if nothing more comes of it; always the same, or by what it was and what there was before */
  readonly after: number | ((op: Intervention, before: V) => number)
  /** virtual ms for each on the wall, at a time; `deeds` are what was done by then, in order of time, by the script or by hand */
  readonly pace?: (t: number, deeds: readonly Step[]) => number
  /** the pace, made from all that happens in a story, where that is what it hangs on */
  readonly lapse?: (story: Story<V>) => (t: number) => number
  /** what a diagram sees: plain data. What says the same as a moment before is given as the same object, the whole or its parts */
  readonly view: (glance: Glance, past: Past) => V
  /** the sentence that an altered story ends with */
  readonly summary: (view: V) => string
  /** what was done, in words that follow "you" ("stop node-2"); nothing for what need not be told */
  readonly done: (step: Step, before: () => V) => string | undefined
  /** why something that the API server would take is not to be done, in words; undefined where it is */
  readonly senseless?: (op: Intervention, before: V) => string | undefined
  /** why something was refused, in a learner's words, from those of the API server: they go on after "You cannot …:", and stand before the server's own, on a line of their own */
  readonly refused?: (message: string) => string | undefined
  /** what a write says, where not what sentences.ts says; `seen` gives the view just after it */
  readonly tell?: (event: WatchEvent, seen: () => V) => { text: string, major?: boolean } | undefined
}

/** A story, and the cluster that it is told of. */
export interface ClusterStory<V> extends Story<V> {
  /** times of it are the story's and `begin` */
  readonly timeline: Timeline
  readonly begin: number
  fork: (t: number, op: Intervention) => ClusterStory<V>
}

/** How much of a story is worked out in one step, virtual ms. */
const STEP = 1000
/** How long it goes on after the last change to anything that runs, ms. */
const REST = 12_000
const RUNNING = ['Pod', 'ReplicaSet', 'Deployment', 'Node', 'EndpointSlice']
/** Of what happens alike within so many ms, the first is a stop. */
const TOGETHER = 1000
/** How many seeds of a scenario are kept at hand. */
const KEPT = 4
const told = new WeakMap<object, Map<number, ClusterStory<never>>>()

/** Seeds that people choose are small, and a generator's first draws from a small seed are extreme: their bits are spread. Whole numbers of 32 bits. */
function spread(seed: number): number {
  let bits = Math.imul(seed ^ (seed >>> 16), 0x85EBCA6B)
  bits = Math.imul(bits ^ (bits >>> 13), 0xC2B2AE35)
  return (bits ^ (bits >>> 16)) | 0
}

/**
 * The story of a scenario, for a seed. What a learner does at a time ends the script: what it would have done later is left out, and the
 * story goes on for `after` ms. Told twice, it is the same story: its history is computed once.
 * `fork` throws RangeError where an operation is unknown, not possible then, senseless, or refused: what and why in a sentence, then the API server's own words.
 */
export function clusterStory<V extends object>(telling: Telling<V>, seed = 1): ClusterStory<V> {
  let seeds = told.get(telling)
  if (!seeds)
    told.set(telling, seeds = new Map())
  const known = seeds.get(seed) as unknown as ClusterStory<V> | undefined
  if (known)
    return known
  const { scenario, begin, duration, view } = telling
  const chance = spread(seed)
  const script = typeof telling.script !== 'function' ? telling.script : telling.script(createCluster({ ...scenario, gate }, chance).look(begin, glance => view(glance, { begin, writes: () => [] })))
  const steps = [...scenario.script ?? [], ...script.map(step => ({ ...step, at: step.at + begin }) as Step)]
  const story = tellRun(telling, createCluster({ ...scenario, gate, duration: begin + duration, script: steps }, chance))
  if (seeds.size >= KEPT)
    seeds.delete(seeds.keys().next().value!)
  seeds.set(seed, story as unknown as ClusterStory<never>)
  return story
}

/** Where a learner did something last, and what was told until then. */
interface Cut { readonly at: number, readonly op: Intervention, readonly events: (from: number, to: number) => readonly StoryEvent[] }

/**
 * @param cut absent: the lecture's own story
 * @param left what is left of the script's moments: what one deed has cut off, a later one does not bring back
 */
function tellRun<V extends object>(telling: Telling<V>, opened: Timeline, cut?: Cut, left = telling.moments): ClusterStory<V> {
  const { begin, view, pace, lapse, after } = telling
  const { scenario, run } = opened
  /** as far as the history goes; the story may end before */
  const whole = opened.duration - begin
  let length: number | undefined
  let timeline: Timeline | undefined = opened
  let latest: { t: number, view: V } | undefined
  let writes: readonly WatchEvent[] | undefined
  let events: readonly StoryEvent[] | undefined
  let moments: readonly Moment[] | undefined
  let other: { key: string, story: ClusterStory<V> } | undefined
  /** goes ahead of those who look, as far as `until` (virtual ms of the story) */
  let ahead: { readonly timeline: Timeline, until: number } | undefined

  const kept = cut === undefined ? left : left.filter(moment => moment.at <= cut.at)
  const steps = [...scenario.script ?? [], ...run.interventions].map(step => ({ ...step, at: step.at - begin }) as Step).filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at)
  const open = () => timeline ??= createCluster(scenario, run.seed, run.interventions)
  const past: Past = { begin, writes: () => writes ??= open().writes(-1, opened.duration) }

  /** an altered story ends when it has been at rest for a while */
  function end(): number {
    if (length === undefined) {
      const last = cut === undefined ? whole : past.writes().findLast(({ kind }) => RUNNING.includes(kind))!.at - begin
      length = Math.min(whole, Math.max(last, cut?.at ?? 0) + REST)
    }
    return length
  }

  function see(t: number, known: Past): V {
    if (latest?.t !== t)
      latest = { t, view: share(open().look(t + begin, glance => view(glance, known)), latest?.view) }
    return latest.view
  }
  const at = (time: number): V => see(Math.round(clampTime({ duration: end() }, time)), past)

  /** what is known of the writes, up to a time at least: what is worked out ahead, once that has begun */
  let known: { until: number, writes: readonly WatchEvent[] } | undefined
  function sofar(t: number): Past {
    if (!known || known.until < t) {
      const until = Math.max(t, ahead?.until ?? 0)
      known = { until, writes: (ahead && t <= ahead.until ? ahead.timeline : open()).writes(-1, until + begin) }
    }
    const { writes } = known
    return { begin, writes: () => writes }
  }

  /** works out what follows from all of it, a little at a time, and then goes on with the timeline that knows it all */
  function* rest(): Generator<void> {
    const front = ahead = { timeline: open().twin(), until: 0 }
    for (let t = cut!.at; t < whole; yield) {
      t = Math.min(whole, t + STEP)
      front.timeline.look(t + begin, () => {})
      front.until = t
      // somebody may have asked for all of it meanwhile
      if (length !== undefined)
        break
    }
    if (length === undefined) {
      timeline = front.timeline
      end()
    }
    ahead = known = undefined
    yield
    if (!events) {
      const said: StoryEvent[] = []
      for (const each of eventsOf(telling, open(), past.writes(), at)) {
        said.push(...each)
        yield
      }
      events = ordered(said, end())
    }
    void story.moments
  }

  const paced = pace && { pace: (t: number) => pace(t, steps.filter(({ at }) => at <= t)) }
  const unfolding: Unfolding<V> | undefined = cut && {
    longest: whole,
    ...paced,
    moments: kept.map(m => momentOf(m, t => unfolding!.at(t))),
    at(time) {
      const t = Math.round(clampTime({ duration: length ?? whole }, time))
      return see(t, length === undefined ? sofar(t) : past)
    },
    events(from, to) {
      const text = telling.done({ ...cut.op, at: cut.at + begin } as Step, () => unfolding!.at(Math.max(0, cut.at - 1)))
      const all = [...cut.events(-1, cut.at - 1), ...text ? [{ at: cut.at, major: true, by: 'you', text }] : []]
      return all.filter(event => event.at > from && event.at <= to)
    },
    rest,
  }

  const story: ClusterStory<V> = {
    get duration() { return end() },
    begin,
    ...paced,
    get timeline() { return open() },
    get moments() {
      return moments ??= [
        ...kept.filter(m => cut === undefined || m.at < end()).map(m => momentOf(m, at)),
        ...cut === undefined ? [] : [{ id: 'yours', at: end(), sentence: telling.summary(at(end())) }],
      ]
    },
    at,
    events(from, to) {
      events ??= ordered([...eventsOf(telling, open(), past.writes(), at)].flat(), end())
      return events.slice(placeAfter(events, from), placeAfter(events, to))
    },
    fork(t, op) {
      const from = Math.round(clampTime({ duration: whole }, t))
      const key = `${from} ${JSON.stringify(op)}`
      if (other?.key !== key) {
        const told = story.unfolding ?? story
        const why = telling.senseless?.(op, told.at(from))
        if (why)
          throw new RangeError(why)
        const future = branch(telling, open(), from + begin, op, typeof after === 'number' ? after : after(op, told.at(from)), () => told.at(from))
        other = { key, story: tellRun(telling, future, { at: from, op, events: (a, b) => (story.unfolding ?? story).events(a, b) }, kept) }
        // a history that has gone another way is computed anew, should it be asked for again
        if (cut !== undefined)
          timeline = ahead = known = undefined
      }
      return other.story
    },
    get unfolding() { return events && moments ? undefined : unfolding },
  }
  return lapse ? Object.defineProperty(story, 'pace', { value: lapse(story), enumerable: true }) : story
}

/** How many of what happened, in order of time, are not later than a time. */
function placeAfter(events: readonly StoryEvent[], time: number): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const mid = (low + high) >> 1
    if (events[mid]!.at <= time)
      low = mid + 1
    else
      high = mid
  }
  return low
}

/** A sentence that names something is made when it is first read: what it names may lie far into the history. */
function momentOf<V extends object>({ id, at: when, sentence }: Told<V>, at: (t: number) => V): Moment {
  if (typeof sentence === 'string')
    return { id, at: when, sentence }
  let said: string | undefined
  return { id, at: when, get sentence() { return said ??= sentence(at(when), at(0)) } }
}

/** What was refused and why, in a sentence; and on a line of its own in the words of who refused it. */
function refusal<V extends object>({ refused, done }: Telling<V>, step: Step, before: () => V, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  // where it is no deed of this story, as one in an address can be, its own words are all there is
  const deed = done(step, before)
  return deed ? `You cannot ${deed.replace(/:.*/, '')}: ${refused?.(message) ?? 'the cluster refuses it.'}\n${message}` : message
}

/** The same past, then a learner's deed, then nothing but what comes of it. */
function branch<V extends object>(telling: Telling<V>, timeline: Timeline, at: number, op: Intervention, after: number, before: () => V): Timeline {
  try {
    return timeline.fork(at, op, { duration: at + after, endsScript: true })
  }
  catch (error) {
    throw new RangeError(refusal(telling, { ...op, at } as Step, before, error), { cause: error })
  }
}

const ordered = (events: StoryEvent[], end: number): StoryEvent[] => events.filter(event => event.at <= end).sort((a, b) => a.at - b.at)

/** All that is told, in no order, a few at a time. */
function* eventsOf<V extends object>({ begin, done, tell = tellWrite }: Telling<V>, { run, scenario }: Timeline, writes: readonly WatchEvent[], at: (t: number) => V): Generator<StoryEvent[]> {
  const learners = new Set<Step>(run.interventions)
  let told: StoryEvent[] = []
  for (const step of [...scenario.script ?? [], ...run.interventions]) {
    const t = step.at - begin
    const text = t < 0 ? undefined : done(step, () => at(Math.max(0, t - 1)))
    if (text)
      told.push({ at: t, major: true, ...(learners.has(step) ? { by: 'you', text } : { by: 'operator', text: text.replace(/^\w+/, verb => `${verb}${verb.endsWith('o') ? 'es' : 's'}`) }) })
  }
  yield told
  told = []
  /** what many do at nearly one time is one stop on the line, not many */
  const lately = new Map<string, number>()
  for (const event of writes) {
    // what a person writes is told as what was done
    let looked = false
    const said = event.at <= begin || event.by === 'user' ? undefined : tell(event, () => {
      looked = true
      return at(event.at - begin)
    })
    if (!said)
      continue
    const alike = `${event.by} ${said.text.replace(/Pod \S+/, 'Pod')}`
    const again = said.major && event.at - (lately.get(alike) ?? -TOGETHER) < TOGETHER
    if (said.major)
      lately.set(alike, event.at)
    told.push({ at: event.at - begin, by: event.by, text: said.text, ...(said.major && !again && { major: true }) })
    if (looked) {
      yield told
      told = []
    }
  }
  yield told
}
