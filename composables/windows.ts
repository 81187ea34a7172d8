// What the windows of one deck tell each other: one log for each thing that is shared, kept over a reload, sent by whatever reaches them.
import type { Data, Log } from './log.ts'
import { append, covers, emptyLog, limits, merge, readLog } from './log.ts'

/** One way to other windows. What comes in may be anything: it is read with care. */
export interface Transport {
  /** to all others; `answer` marks what was asked for */
  send: (key: string, log: Log) => void
  /** what is there already, and what comes; call once */
  listen: (hear: (key: string, log: unknown) => void, asked: () => void) => void
}

/** Where logs outlive a reload. */
export interface Shelf {
  load: () => Readonly<Record<string, unknown>>
  save: (logs: Readonly<Record<string, Log>>) => void
}

export interface Windows {
  get: (key: string) => Log
  /** @returns the name under which this window writes */
  write: (key: string, ops: readonly { kind: string, op: Data }[], ends?: readonly string[]) => void
  /** Calls back whenever a log has changed by others. @returns ends it */
  watch: (key: string, changed: (log: Log) => void) => () => void
}

/** A log of more than this is not begun by strangers. */
const MOST_KEYS = 200

/**
 * @param me a name that no other window has, and no earlier life of this one
 * @param transports whatever reaches other windows; the same message may come by several
 */
export function createWindows(me: string, transports: readonly Transport[], shelf?: Shelf): Windows {
  const logs: Record<string, Log> = Object.create(null)
  const watchers = new Map<string, Set<(log: Log) => void>>()
  const get = (key: string) => logs[key] ?? emptyLog
  const send = (key: string) => transports.forEach(transport => transport.send(key, get(key)))

  function hear(key: string, value: unknown): void {
    const log = readLog(value)
    if (!log || (!(key in logs) && Object.keys(logs).length >= MOST_KEYS))
      return
    const mine = get(key)
    // who knows less is told; by chance of time both may be
    if (!covers(log, mine))
      send(key)
    if (covers(mine, log))
      return
    logs[key] = merge(mine, log)
    shelf?.save(logs)
    watchers.get(key)?.forEach(changed => changed(logs[key]!))
  }

  for (const [key, value] of Object.entries(shelf?.load() ?? {})) {
    const log = readLog(value)
    if (log)
      logs[key] = log
  }
  for (const transport of transports)
    transport.listen(hear, () => Object.keys(logs).forEach(key => transport.send(key, get(key))))

  return {
    get,
    write(key, ops, ends) {
      logs[key] = append(get(key), me, ops, ends)
      shelf?.save(logs)
      send(key)
    },
    watch(key, changed) {
      const all = watchers.get(key) ?? new Set()
      watchers.set(key, all.add(changed))
      return () => all.delete(changed)
    },
  }
}

/** Whether a log has room for one more thing: what is beyond is refused, visibly. */
export const hasRoom = (log: Log): boolean => log.entries.length < limits.entries - 20

/** Other windows of this browser. Also tells which of them are seen by somebody. */
export function browserTransport(name: string, me: string): Transport & { seenElsewhere: () => boolean } {
  const channel = new BroadcastChannel(name)
  const seen = new Set<string>()
  const tell = (message: object) => channel.postMessage(message)
  const present = (ask = false) => tell({ from: me, seen: !document.hidden, ask })
  document.addEventListener('visibilitychange', () => present())
  window.addEventListener('pagehide', () => tell({ from: me, seen: false }))
  window.addEventListener('pageshow', () => present())
  return {
    seenElsewhere: () => seen.size > 0,
    send: (key, log) => tell({ key, log }),
    listen(hear, asked) {
      channel.onmessage = ({ data }: MessageEvent<{ key?: string, log?: unknown, from?: string, seen?: boolean, ask?: boolean } | null>) => {
        if (typeof data?.key === 'string')
          return hear(data.key, data.log)
        if (typeof data?.from !== 'string')
          return
        if (data.seen)
          seen.add(data.from)
        else
          seen.delete(data.from)
        if (data.ask) {
          present()
          asked()
        }
      }
      present(true)
    },
  }
}

/** What Slidev's server gives every browser that opened the deck: a plain object, and a way to set some of its keys. */
export interface ServerState {
  $patch: (patch: Record<string, string>) => Promise<unknown>
  $onPatch: (hear: (patch: Record<string, unknown>) => void) => void
  [key: string]: unknown
}

/**
 * Windows of other browsers, by the dev server. The server keeps the last text under each key and merges nothing: every window writes
 * under a key of its own, so that none overwrites what another wrote.
 */
export function serverTransport(state: ServerState, me: string, mayWrite: () => boolean): Transport {
  const mark = `\n${me}`
  return {
    send(key, log) {
      if (mayWrite())
        void state.$patch({ [key + mark]: JSON.stringify(log) }).catch(() => undefined)
    },
    listen(hear) {
      const take = (patch: Record<string, unknown>) => {
        for (const [name, text] of Object.entries(patch)) {
          const key = name.split('\n')[0]!
          if (!name.includes('\n') || name.endsWith(mark) || typeof text !== 'string' || text.length > limits.bytes)
            continue
          try {
            hear(key, JSON.parse(text))
          }
          catch {}
        }
      }
      take({ ...state })
      state.$onPatch(take)
    },
  }
}

const VERSION = 1

/** Keeps logs in the window's own storage: a reload finds them, the next day does not. */
export function sessionShelf(name: string): Shelf {
  let waiting: Readonly<Record<string, Log>> | undefined
  function flush(): void {
    if (!waiting)
      return
    const text = JSON.stringify({ version: VERSION, logs: waiting })
    waiting = undefined
    try {
      if (text.length <= 4 * limits.bytes)
        sessionStorage.setItem(name, text)
    }
    catch {}
  }
  window.addEventListener('pagehide', flush)
  return {
    load() {
      try {
        const kept = JSON.parse(sessionStorage.getItem(name) ?? '{}')
        return kept?.version === VERSION && typeof kept.logs === 'object' && kept.logs !== null ? kept.logs : {}
      }
      catch {
        return {}
      }
    },
    save(logs) {
      if (!waiting)
        setTimeout(flush, 200)
      waiting = logs
    },
  }
}
