// Options as small programs read them: letters that stand together, long ones, values glued or in the next word. upstream: getopt_long

export interface Taken {
  /** what was given, by its long name; the last value of each */
  readonly on: ReadonlyMap<string, string>
  /** all values that were given, by the same names */
  readonly all: ReadonlyMap<string, readonly string[]>
  readonly words: readonly string[]
  /** an option that the program has not, or has without its value */
  readonly unknown?: string
  readonly missing?: string
}

/** What a program knows, by long name: the letter ('' for none), and whether it takes a value. */
export type Options = Readonly<Record<string, readonly [letter: string, valued?: boolean]>>

/** @param lax letters that the program has not are let pass */
export function take(words: readonly string[], known: Options, lax = false): Taken {
  const on = new Map<string, string>()
  const all = new Map<string, string[]>()
  const put = (name: string, value: string) => {
    on.set(name, value)
    all.set(name, [...all.get(name) ?? [], value])
  }
  const rest: string[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word === '--') {
      rest.push(...words.slice(i + 1))
      break
    }
    if (word.startsWith('--')) {
      const [name = '', glued] = word.slice(2).split(/=(.*)/s)
      if (!Object.hasOwn(known, name))
        return { on, all, words: rest, unknown: word }
      const value = known[name]![1] ? glued ?? words[++i] : ''
      if (value === undefined)
        return { on, all, words: rest, missing: word }
      put(name, value)
      continue
    }
    if (word === '-' || !word.startsWith('-')) {
      rest.push(word)
      continue
    }
    for (let letters = word.slice(1); letters; letters = letters.slice(1)) {
      const found = Object.entries(known).find(([, [letter]]) => letter === letters[0])
      if (!found && lax)
        continue
      if (!found)
        return { on, all, words: rest, unknown: `-${letters[0]}` }
      const [name, [, valued]] = found
      if (!valued) {
        put(name, '')
        continue
      }
      const value = letters.slice(1) || words[++i]
      if (value === undefined)
        return { on, all, words: rest, missing: `-${letters[0]}` }
      put(name, value)
      break
    }
  }
  return { on, all, words: rest }
}
