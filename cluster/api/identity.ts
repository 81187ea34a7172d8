// What the API server gives an object to be known by: the end of a generated name, a UID.
const NAME_LETTERS = 'bcdfghjklmnpqrstvwxz2456789'

/** Five letters that make no word. upstream: apiserver names.SimpleNameGenerator */
export function nameSuffix(random: () => number): string {
  let drawn = Math.floor(random() * NAME_LETTERS.length ** 5)
  let out = ''
  for (let i = 0; i < 5; i++) {
    out += NAME_LETTERS[drawn % NAME_LETTERS.length]
    drawn = Math.floor(drawn / NAME_LETTERS.length)
  }
  return out
}

const HEX = Array.from('0123456789abcdef', digit => digit.charCodeAt(0))
const DASH = 45
/** Which digit of two numbers, of eight each, stands where in a UID; and a dash, a 4, an a. */
const UID = Array.from('01234567-89ab-4def-a123-89abcdef4567', (letter, i) => letter === '-' ? -DASH : i === 14 ? -HEX[4]! : i === 19 ? -HEX[10]! : Number.parseInt(letter, 16))
const letters: number[] = [...UID]

/** A UID from a count: looks like any other, and no two counts give the same. */
export function uidOf(count: number): string {
  const a = Math.imul(count, 0x9E3779B1)
  const b = Math.imul(a ^ (a >>> 15), 0x85EBCA77)
  for (let i = 0; i < UID.length; i++) {
    const place = UID[i]!
    letters[i] = place < 0 ? -place : HEX[((place < 8 ? a : b) >>> (28 - 4 * (place & 7))) & 15]!
  }
  return String.fromCharCode(...letters)
}
