// A run: the few words that a whole history follows from, and the short text that carries them in an address.

type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain }

/** Something done at a time. Plain data. */
export interface Intervention {
  /** virtual ms, whole */
  readonly at: number
  readonly op: string
  readonly [argument: string]: Plain
}

export interface Run {
  readonly scenario: string
  /** a whole number of 32 bits */
  readonly seed: number
  /** in the order of their times */
  readonly interventions: readonly Intervention[]
}

const VERSION = '1'

/** The last step of a hash: two words of 32 bits become a number of 53. After cyrb53, public domain. */
export function sealed(a: number, b: number): number {
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909)
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909)
  return 4_294_967_296 * (2_097_151 & b) + (a >>> 0)
}

/** A number of 53 bits that changes with every letter of a text. After cyrb53, public domain. */
export function hashText(text: string, seed = 0): number {
  let a = 0xDEADBEEF ^ seed
  let b = 0x41C6CE57 ^ seed
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 2_654_435_761)
    b = Math.imul(b ^ code, 1_597_334_677)
  }
  return sealed(a, b)
}

const check = (text: string) => (hashText(text) % 1_679_616).toString(36).padStart(4, '0')

/** The run as letters, digits, `-` and `_`, fit for an address as they are. */
export function encodeRun({ scenario, seed, interventions }: Run): string {
  let before = 0
  const steps = interventions.map(({ at, op, ...rest }) => {
    const step = [at - before, op, ...(Object.keys(rest).length ? [rest] : [])]
    before = at
    return step
  })
  const bytes = new TextEncoder().encode(JSON.stringify([scenario, seed, ...steps]))
  const body = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join('')).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  return VERSION + check(body) + body
}

/** The run that a text carries. @throws RangeError where it carries none, is damaged, or is of another version */
export function decodeRun(text: string): Run {
  if (!/^[\w-]{6,}$/.test(text))
    throw new RangeError('this is not a run: it should be letters, digits, - and _ alone')
  if (!text.startsWith(VERSION))
    throw new RangeError(`this run is of version ${text[0]}; version ${VERSION} is read here`)
  const body = text.slice(5)
  if (check(body) !== text.slice(1, 5))
    throw new RangeError('this run is damaged: a part of it is missing or changed')
  try {
    const bytes = Uint8Array.from(atob(body.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0))
    const [scenario, seed, ...steps] = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as [string, number, ...[number, string, object?][]]
    let at = 0
    return checkRun({ scenario, seed, interventions: steps.map(([after, op, rest]) => ({ ...rest, at: at += after, op }) as Intervention) })
  }
  catch (error) {
    throw error instanceof RangeError ? error : new RangeError('this is not a run: what it carries cannot be read')
  }
}

/** Gives the run back. @throws RangeError where it cannot be one */
export function checkRun(run: Run): Run {
  const { scenario, seed, interventions } = run
  if (typeof scenario !== 'string' || !scenario)
    throw new RangeError('this is not a run: it names no scenario')
  if (!Number.isInteger(seed) || (seed | 0) !== seed)
    throw new RangeError('this is not a run: its seed is no whole number of 32 bits')
  let before = 0
  for (const { at, op } of interventions) {
    if (!Number.isInteger(at) || at < before || typeof op !== 'string' || !op)
      throw new RangeError('this is not a run: its interventions are no list of what was done when')
    before = at
  }
  return run
}
