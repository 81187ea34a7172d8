// Cases of ages.
import { humanDuration, shortHumanDuration } from '../../../cluster/api/duration.ts'
import { equal, table } from '../run.ts'

const text = (print: (ms: number) => string) => table<{ ns: string, want: string }>('ns want', ({ ns, want }) => {
  // whole seconds, which is all that is printed: a float of nanoseconds would round up
  equal(print(Number(BigInt(ns) / 1_000_000_000n) * 1000), want)
})

export const tables = { human: text(humanDuration), humanBoundaries: text(humanDuration), shortBoundaries: text(shortHumanDuration) }
