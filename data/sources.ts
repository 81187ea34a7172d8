// Everything that was read for the lecture, made from the facts: one entry a title, with the facts it carries.
import { facts } from './facts.ts'

export interface SourceEntry {
  title: string
  url?: string
  /** host of the address, for paper */
  host: string
  /** ids of the facts read there */
  ids: string[]
}

function hostOf(url: string | undefined): string {
  return url ? new URL(url).host.replace(/^www\./, '') : ''
}

/** Sources of the verified facts whose ids start with this letter, in the order of the facts. */
export function sourcesFrom(letter: string): SourceEntry[] {
  const byTitle = new Map<string, SourceEntry>()
  for (const { id, verified, source } of facts.values()) {
    if (!verified || !id.startsWith(letter))
      continue
    const url = source.urls[0]
    const entry = byTitle.get(source.title) ?? { title: source.title, url, host: hostOf(url), ids: [] }
    entry.ids.push(id)
    byTitle.set(source.title, entry)
  }
  return [...byTitle.values()]
}
