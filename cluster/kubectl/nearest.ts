// Which known word was probably meant.

/** How many letters have to be changed, put in or taken out; long words are not looked at closely. upstream: cobra's ld */
export function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 8)
    return 99
  let before = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++)
      row.push(a[i - 1] === b[j - 1] ? before[j - 1]! : 1 + Math.min(before[j]!, row[j - 1]!, before[j - 1]!))
    before = row
  }
  return before[b.length]!
}

/** The same, where two letters that have changed places count as one change. */
function slips(a: string, b: string): number {
  const plain = distance(a, b)
  if (plain !== 2)
    return plain
  for (let i = 0; i + 1 < Math.min(a.length, 40); i++) {
    if (a.slice(0, i) + a[i + 1] + a[i] + a.slice(i + 2) === b)
      return 1
  }
  return plain
}

/** The nearest of some words; undefined where none is near. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const lower = word.toLowerCase()
  let best: string | undefined
  let least = Math.max(1, Math.min(3, Math.floor(lower.length / 2))) + 0.5
  for (const each of words) {
    const far = slips(lower, each.toLowerCase())
    if (far < least) {
      least = far
      best = each
    }
  }
  return best
}
