// Words that name objects, and those behind them that say what to set. upstream: cmdutil.GetResourcesAndPairs
import { Failure } from './errors.ts'

export interface Parted { readonly resources: string[], readonly pairs: string[] }

/** Words up to the first pair, and those from there on. @param what names the pairs in a refusal, as `label`; where it is not given, nothing is refused @throws Failure where something else stands behind a pair */
export function parted(words: readonly string[], isPair: (word: string) => boolean, what?: string): Parted {
  const at = words.findIndex(isPair)
  if (at < 0)
    return { resources: [...words], pairs: [] }
  const stray = what === undefined ? undefined : words.slice(at).find(word => !isPair(word))
  if (stray !== undefined)
    throw new Failure(`all resources must be specified before ${what} changes: ${stray}`)
  return { resources: words.slice(0, at), pairs: words.slice(at) }
}

/** What files name cannot be named by words as well. upstream: Builder.visitByPaths. @throws Failure */
export function filesAlone(files: readonly string[], words: readonly string[]): void {
  if (files.length && words.length)
    throw new Failure('when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well')
}
