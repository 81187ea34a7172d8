// Numbers as they stand in prose, and whether a fact holds them.
import type { Fact } from '../../data/facts.ts'

const units = 'x|×|s|ms|min|m|h|d|k|K|M|B|GB|MB|KB|Gi|Mi|Ki|TB|ft|st|nd|rd|th|pt|px|%'
const number = /\d+(?:[.,\u202F\u00A0]\d+)*/g
const unit = new RegExp(`^(?:${units})(?![\\p{L}\\p{N}])`, 'u')

function normal(token: string): string {
  const plain = token.replace(/[,\u202F\u00A0](?=\d{3}(?!\d))/g, '').replace(',', '.')
  // "04" is the fourth month; "0.50" is a half
  return /^\d+(?:\.\d+)?$/.test(plain) ? String(Number(plain)) : plain
}

/**
 * The numbers in a text, written alike: "5,000" is "5000", "04" is "4". A number glued to letters is a name ("v2",
 * "K8s", "web-1") and left out, unless the letters are a unit ("50x", "300 ms").
 */
export function numbers(text: string): string[] {
  return [...text.matchAll(number)].filter(({ 0: token, index }) => {
    const before = text.slice(0, index)
    const after = text.slice(index + token.length)
    if (/\p{L}[\p{L}\p{N}]*[-_]?$/u.test(before) || /[\p{L}\d]\.$/u.test(before))
      return false
    // a name may go on in an interpolation: "…84-{{ id }}"
    if (/^[-_]$/.test(after))
      return false
    return !/^_?\p{L}/u.test(after) || unit.test(after)
  }).map(([token]) => normal(token))
}

/** Every number of a text, names or not. */
export function allNumbers(text: string): string[] {
  return [...text.matchAll(number)].flatMap(([token]) => [normal(token), ...token.split('.').map(normal)])
}

/** Every number that a fact's words hold. */
export function numbersOf(fact: Fact): ReadonlySet<string> {
  const { statement, value = '', note = '', quote = '', company = '', challenge = '', solution = '', impact = '' } = fact
  return new Set(allNumbers([statement, value, note, quote, company, challenge, solution, impact].join(' \n ')))
}

/** The numbers of a text that none of these facts holds. */
export function strangers(text: string, facts: readonly Fact[]): string[] {
  const known = facts.map(numbersOf)
  return numbers(text).filter(n => !known.some(set => set.has(n)))
}
