// The Pods that wait for a node: those to try, those that back off, those that nothing has changed for. upstream: backend/queue
/** What is known of a Pod that was refused. */
export interface Waiting {
  /** when it was refused, virtual ms */
  readonly since: number
  /** how often in a row */
  readonly attempts: number
  /** the plugins that refused it */
  readonly plugins: ReadonlySet<string>
}

/** Plain data, a part of the scheduler's memory. Keys are `namespace/name`. */
export interface Queue {
  /** to be tried, in order; those before `head` are taken */
  active: string[]
  head: number
  /** keys that stand in `active` */
  queued: Set<string>
  waiting: Map<string, Waiting>
  /** keys of waiting ones that are to be tried again, but not at once */
  backing: Set<string>
}

export const emptyQueue = (): Queue => ({ active: [], head: 0, queued: new Set(), waiting: new Map(), backing: new Set() })

/** Delays between tries, virtual ms. upstream: DefaultPodInitialBackoffDuration, DefaultPodMaxBackoffDuration */
const FIRST = 1000
const LONGEST = 10_000
/** Nothing waits longer than this without a try. upstream: DefaultPodMaxInUnschedulablePodsDuration */
const LEFT_OVER = 300_000

/** How long a Pod backs off after so many refusals: 1 s, 2 s, 4 s, 8 s, 10 s. upstream: calculateBackoffDuration */
export const backOff = (attempts: number) => Math.min(LONGEST, FIRST * 2 ** Math.min(attempts - 1, 10))

/** Puts a Pod to those that are tried next; what it waited for is forgotten, but not how often it was refused. */
export function activate(queue: Queue, key: string): void {
  if (queue.queued.has(key))
    return
  queue.backing.delete(key)
  queue.queued.add(key)
  queue.active.push(key)
}

/** Puts back a Pod that was refused. */
export function refused(queue: Queue, key: string, now: number, plugins: ReadonlySet<string>): void {
  const attempts = (queue.waiting.get(key)?.attempts ?? 0) + 1
  queue.backing.delete(key)
  queue.waiting.set(key, Object.freeze({ since: now, attempts, plugins }))
}

/** Forgets a Pod. */
export function forget(queue: Queue, key: string): void {
  queue.waiting.delete(key)
  queue.backing.delete(key)
  queue.queued.delete(key)
}

/** Something has changed: Pods for which it may help are tried again, at once or after their back-off. upstream: moveAllToActiveOrBackoffQueue */
export function move(queue: Queue, now: number, helps: (key: string, waiting: Waiting) => boolean): void {
  for (const [key, waiting] of queue.waiting) {
    if (queue.backing.has(key) || queue.queued.has(key) || !helps(key, waiting))
      continue
    if (waiting.since + backOff(waiting.attempts) > now)
      queue.backing.add(key)
    else
      activate(queue, key)
  }
}

/** Tries again what has waited for five minutes. upstream: flushUnschedulablePodsLeftover */
export const flush = (queue: Queue, now: number) => move(queue, now, (_, waiting) => now - waiting.since >= LEFT_OVER)

/** Takes the next Pod to try: where there is no other, one that backs off, the one first whose time ends first. upstream: SchedulerPopFromBackoffQ */
export function take(queue: Queue): string | undefined {
  const { active, queued } = queue
  while (queue.head < active.length) {
    const key = active[queue.head++]!
    if (queue.head > 1024 && queue.head * 2 > active.length) {
      active.splice(0, queue.head)
      queue.head = 0
    }
    if (queued.delete(key))
      return key
  }
  let first: string | undefined
  let end = Infinity
  for (const key of queue.backing) {
    const { since, attempts } = queue.waiting.get(key)!
    if (since + backOff(attempts) < end) {
      first = key
      end = since + backOff(attempts)
    }
  }
  if (first !== undefined)
    queue.backing.delete(first)
  return first
}

/** Whether there is a Pod to try. */
export const ready = ({ queued, backing }: Queue) => queued.size + backing.size > 0
