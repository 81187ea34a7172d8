// Cases of numbers and percentages.
import { intOrPercent, parseIntOrString, scaledIntOrPercent } from '../../../cluster/api/intstr.ts'
import type { IntOrString } from '../../../cluster/api/intstr.ts'
import { equal, refuses, table } from '../run.ts'

export const tables = {
  value: table<{ in: IntOrString, value: number, percent: boolean, err: boolean }>('in value percent err', ({ in: given, err, ...expected }) => {
    if (err)
      refuses(() => intOrPercent(given))
    else
      equal(intOrPercent(given), expected)
  }),
  scaled: table<{ in: IntOrString, total: number, roundUp: boolean, value: number, err: boolean }>('in total roundUp value err', ({ in: given, total, roundUp, value, err }) => {
    if (err)
      refuses(() => scaledIntOrPercent(given, total, roundUp))
    else
      equal(scaledIntOrPercent(given, total, roundUp), value)
  }),
  parse: table<{ in: string, out: IntOrString }>('in out', ({ in: text, out }) => equal(parseIntOrString(text), out)),
}
