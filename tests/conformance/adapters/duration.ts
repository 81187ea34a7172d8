// Cases of ages.
import { humanDuration, shortHumanDuration } from '../../../cluster/api/duration.ts'
import { equal, table } from '../run.ts'

const text = (print: (ms: number) => string) => table<{ ns: string, want: string }>('ns want', ({ ns, want }) => {
  const n = BigInt(ns)
  equal(print(Number(n / 1_000_000n) + Number(n % 1_000_000n) / 1e6), want)
})

export const tables = { human: text(humanDuration), humanBoundaries: text(humanDuration), shortBoundaries: text(shortHumanDuration) }
