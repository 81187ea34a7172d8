// The same run at the same time in every window: what is done here is written into the diagram's log, what others do is taken from it.
import type { ComputedRef, Ref } from 'vue'
import type { Intervention } from '../models/story.ts'
import type { Data, Log } from './log.ts'
import type { Playback } from './usePlayback.ts'
import type { Seat } from './slidev.ts'
import type { Done, StoryState } from './useStory.ts'
import { onUnmounted, ref, watch } from 'vue'
import { readHead } from './head.ts'
import { DEED, deedsOf, idOf, lastOf } from './log.ts'
import { byHand } from './hand.ts'
import { usePlayback } from './usePlayback.ts'
import { mayWrite, useWindows } from './useWindows.ts'
import { hasRoom } from './windows.ts'

export interface Mirror {
  playback: Playback
  /**
   * @param at virtual ms
   * @param then moves the playhead, where it is to be moved
   * @returns whether it was possible; if not, the state's refusal says why
   */
  intervene: (at: number, op: Intervention, then?: () => void) => boolean
  /** tells what was just done to the playhead */
  act: () => void
  reseed: (seed: number) => void
  startOver: () => void
  /** shows a run that came by an address: other windows are left alone until something is done to it here */
  visit: (list: readonly Done[], seed: number, t: number) => boolean
  visiting: Ref<boolean>
}

const WATCHING = 'You are watching: the presenter changes this for all'

/** A deed from the log, or nothing where it is none. */
function readDeed(op: Data): Done | undefined {
  const deed = op as unknown as Done | null
  return typeof deed === 'object' && deed !== null && Number.isInteger(deed.at) && deed.at >= 0 && typeof deed.op === 'object' && typeof deed.op?.op === 'string' ? { at: deed.at, op: deed.op } : undefined
}
const written = (list: readonly Done[]) => list.map(deed => ({ kind: DEED, op: deed as unknown as Data }))

/** @param id names the diagram among the windows */
export function useMirror<V>(id: string, state: StoryState<V>, seat: Seat, clicks: ComputedRef<number>): Mirror {
  const key = `story:${id}`
  const windows = seat.print || !seat.stage ? undefined : useWindows()
  const visiting = ref(false)
  const log = () => windows!.get(key)
  /** the entries whose effect is shown */
  let shownRun = '[]'
  let shownHead = ''

  const left = () => visiting.value ? undefined : readHead(windows && lastOf(log(), 'head')?.op)

  const playback: Playback = usePlayback(state, seat, clicks, {
    left,
    arrived() {
      if (!windows)
        return
      takeRun(log())
      const entry = lastOf(log(), 'head')
      shownHead = entry ? idOf(entry) : ''
    },
    stepped() {
      // what was refused before is over
      state.refusal.value = ''
      const goal = playback.head(true)
      const told = left()
      // a click may have dropped what was done: a window that opens later must not be told of it any more
      const dropped = windows && !state.done.value.length ? deedsOf(log()).map(idOf) : []
      // who follows another window's click leaves it to that window to tell of it
      if (byHand() && (dropped.length || !(told?.click === goal.click && told.t === goal.t && !told.playing)))
        write([{ kind: 'head', op: { ...goal } }], dropped)
    },
    departed(click) {
      const head = { ...playback.head(), t: playback.t.value, playing: false, wall: 0, click }
      if (windows && mayWrite() && !visiting.value)
        windows.write(key, [{ kind: 'head', op: head }])
    },
    hidden() {
      if (!windows || windows.seenElsewhere())
        return false
      playback.pause()
      write([{ kind: 'head', op: { ...playback.head() } }])
      return true
    },
  })

  /** the run of the log, as far as it is possible */
  function takeRun(from: Log): void {
    if (visiting.value)
      return
    const deeds = deedsOf(from).flatMap(entry => readDeed(entry.op) ?? []).sort((a, b) => a.at - b.at)
    const told = lastOf(from, 'seed')?.op
    const seed = Number.isInteger(told) && ((told as number) | 0) === told ? told as number : state.firstSeed
    const run = JSON.stringify([deeds, seed])
    if (run === shownRun)
      return
    shownRun = run
    const refused = state.rebase(deeds, seed)
    if (refused.length)
      queueMicrotask(() => state.refusal.value = `Not possible after what else was done: ${refused.at(-1)}`)
  }

  function take(from: Log): void {
    if (!seat.live.value || visiting.value)
      return
    takeRun(from)
    const entry = lastOf(from, 'head')
    const head = readHead(entry?.op)
    if (entry && head && idOf(entry) !== shownHead) {
      shownHead = idOf(entry)
      playback.take(head)
    }
  }

  /** what was done here, as it is shown here */
  function write(ops: readonly { kind: string, op: Data }[], ends: readonly string[] = []): void {
    if (!windows || !seat.live.value || !mayWrite())
      return
    if (visiting.value) {
      // from now on this run is everybody's
      visiting.value = false
      windows.write(key, [{ kind: 'seed', op: state.seed.value }, ...written(state.done.value), { kind: 'head', op: { ...playback.head() } }], deedsOf(log()).map(idOf))
    }
    else { windows.write(key, ops, ends) }
    const deeds = deedsOf(log()).flatMap(entry => readDeed(entry.op) ?? []).sort((a, b) => a.at - b.at)
    shownRun = JSON.stringify([deeds, state.seed.value])
    const head = lastOf(log(), 'head')
    shownHead = head ? idOf(head) : ''
  }
  const head = () => ({ kind: 'head', op: { ...playback.head() } as unknown as Data })

  /** @returns whether anything may be done here; a window that only watches is set back */
  function allowed(): boolean {
    if (!windows || mayWrite())
      return true
    shownHead = ''
    take(log())
    state.refusal.value = WATCHING
    return false
  }

  if (windows) {
    onUnmounted(windows.watch(key, take))
    // what was taken by address stays here until it is left
    watch(seat.live, (live) => {
      if (!live)
        visiting.value = false
    })
  }

  return {
    playback,
    visiting,
    intervene(at, op, then) {
      if (!allowed())
        return false
      if (windows && !hasRoom(log())) {
        state.refusal.value = 'That is as much as can be done to it: start over'
        return false
      }
      if (!state.intervene(at, op))
        return false
      const ends = windows ? deedsOf(log()).filter(({ op: d }) => { const deed = readDeed(d); return !deed || deed.at > at || (deed.at === at && 'to' in op && deed.op.op === op.op) }).map(idOf) : []
      const before = JSON.stringify(playback.head())
      then?.()
      // time that runs at the story's own pace runs on from here
      if (playback.playing.value && typeof state.story.value.pace === 'function')
        playback.take({ ...playback.head(), t: playback.t.value, wall: Date.now() })
      write([...written([{ at, op }]), ...(JSON.stringify(playback.head()) === before ? [] : [head()])], ends)
      return true
    },
    act() {
      if (!allowed())
        return
      state.refusal.value = ''
      write([head()])
    },
    reseed(seed) {
      if (!allowed())
        return
      const refused = state.rebase(state.done.value, seed)
      write([{ kind: 'seed', op: seed }])
      if (refused.length)
        queueMicrotask(() => state.refusal.value = `Not possible with seed ${seed}: ${refused.at(-1)}`)
    },
    startOver() {
      if (!allowed())
        return
      state.take([])
      playback.restart()
      seat.resetClicks()
      write([{ kind: 'head', op: { ...playback.head(), click: 0 } as unknown as Data }], windows && deedsOf(log()).map(idOf))
    },
    visit(list, seed, t) {
      if (!state.take(list, seed))
        return false
      visiting.value = true
      shownRun = ''
      playback.seek(t)
      // nobody else is there to be disturbed: kept, so that a reload finds it
      setTimeout(() => {
        if (visiting.value && windows && !windows.seenElsewhere())
          write([])
      }, 400)
      return true
    },
  }
}
