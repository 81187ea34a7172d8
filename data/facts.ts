// The checked facts, by id. Every number on a slide comes from here.
import list from './facts.json'

/** One checked statement with where it was read. */
export interface Fact {
  id: string
  statement: string
  /** the figure or date alone, where there is one */
  value?: string
  /** words of the source itself */
  quote?: string
  /** what must be said with it: conflicts, doubts, limits */
  note?: string
  company?: string
  industry?: string
  challenge?: string
  solution?: string
  impact?: string
  verified: boolean
  confidence: 'low' | 'medium' | 'high'
  source: { title: string, urls: string[] }
}

export const facts: ReadonlyMap<string, Fact> = new Map((list as Fact[]).map(fact => [fact.id, fact]))

/**
 * The fact with this id.
 * @throws where no such fact is known or it was not verified: what is not checked is not shown
 */
export function fact(id: string): Fact {
  const found = facts.get(id)
  if (!found)
    throw new Error(`no fact "${id}" in data/facts.json`)
  if (!found.verified)
    throw new Error(`fact "${id}" is not verified: do not show it`)
  return found
}

/** Ids written as "B1 B2, B3", each looked up. */
export function factsOf(ids: string): Fact[] {
  return ids.split(/[\s,]+/).filter(Boolean).map(fact)
}
