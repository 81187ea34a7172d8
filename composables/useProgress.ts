// Which exercises were solved, kept in the browser: what is there and cannot be read counts for nothing.
import type { Ref } from 'vue'
import { ref } from 'vue'

const KEY = 'helmsman exercises'
const VERSION = 1

let solved: Ref<ReadonlySet<string>> | undefined

/** What a text kept in the browser says was solved. */
export function readProgress(text: string | null): string[] {
  try {
    const kept = JSON.parse(text ?? 'null') as { version?: unknown, solved?: unknown } | null
    return kept?.version === VERSION && Array.isArray(kept.solved) ? kept.solved.filter((id): id is string => typeof id === 'string').slice(0, 200) : []
  }
  catch {
    return []
  }
}

function load(): string[] {
  try {
    return readProgress(localStorage.getItem(KEY))
  }
  catch {
    return []
  }
}

/** The ids of the exercises solved so far, once for the page, and how one is added. */
export function useProgress(): { solved: Ref<ReadonlySet<string>>, solve: (id: string) => void } {
  solved ??= ref(new Set(load())) as Ref<ReadonlySet<string>>
  const all = solved
  return {
    solved: all,
    solve(id) {
      if (all.value.has(id))
        return
      // another window may have solved others meanwhile
      all.value = new Set([...load(), ...all.value, id])
      try {
        localStorage.setItem(KEY, JSON.stringify({ version: VERSION, solved: [...all.value] }))
      }
      catch {}
    },
  }
}
