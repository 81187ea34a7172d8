// Cases of quantities: exact values and canonical texts.
import { addQuantities, compareQuantities, formatQuantity, multiplyQuantity, negateQuantity, parseQuantity, quantityOf, quantityToFloat, roundUpQuantity, scaledValue, splitQuantity, subtractQuantities } from '../../../cluster/api/quantity.ts'
import type { Format, Quantity } from '../../../cluster/api/quantity.ts'
import { equal, only, refuses, table } from '../run.ts'

interface Value { n: string, e: number, f: Format | '' }
const of = (value: Value): Quantity => {
  only(value, 'n e f')
  return { n: BigInt(value.n), e: value.e, format: value.f || 'DecimalSI' }
}

function same(actual: Quantity, expected: Quantity, format = false) {
  if (compareQuantities(actual, expected) !== 0)
    throw new Error(`it is ${actual.n}e${actual.e}, not ${expected.n}e${expected.e}`)
  if (format)
    equal(actual.format, expected.format, 'the format')
}

/** A sum or difference; both orders of a zero keep its exact value. */
const binary = (go: (a: Quantity, b: Quantity) => Quantity) => table<{ a: Value, b: Value, expected: Value }>('a b expected', ({ a, b, expected }) => same(go(of(a), of(b)), of(expected)))

export const tables = {
  compareStrings: table<{ x: string, y: string, expect: number }>('x y expect', ({ x, y, expect }) => equal(compareQuantities(parseQuantity(x), parseQuantity(y)), expect)),
  splitString: table<{ input: string }>('input positive value num denom suffix', ({ input, ...parts }) => equal(splitQuantity(input), parts)),
  parse: table<{ in: string, n: string, e: number, f: Format }>('in n e f', ({ in: text, ...value }) => {
    const expected = of(value)
    same(parseQuantity(text), expected, true)
    same(parseQuantity(`-${text}`), negateQuantity(expected), true)
    same(parseQuantity(`+${text}`), expected, true)
  }),
  parseInvalid: table<{ in: string }>('in', ({ in: text }) => refuses(() => parseQuantity(text), JSON.stringify(text))),
  roundUp: table<{ in: string, scale: number, n: string, e: number, f: Format, ok: boolean }>('in scale n e f ok', ({ in: text, scale, ok, ...value }) => {
    const { quantity, exact } = roundUpQuantity(parseQuantity(text), scale)
    same(quantity, of(value), true)
    equal(exact, ok, 'exact')
  }),
  compare: table<{ a: Value, b: Value, cmp: number }>('a b cmp', ({ a, b, cmp }) => {
    equal(compareQuantities(of(a), of(b)), cmp)
    equal(compareQuantities(of(b), of(a)), cmp === 0 ? 0 : -cmp)
  }),
  negate: table<{ a: Value, out: string }>('a out', ({ a, out }) => equal(formatQuantity(negateQuantity(of(a))), out)),
  format: table<{ n: string, e: number, f: Format, expect: string, alternate: string }>('n e f expect alternate', ({ expect, alternate, ...value }) => {
    const q = of(value)
    equal(formatQuantity(q), expect)
    equal(formatQuantity(parseQuantity(expect)), expect)
    if (alternate !== '')
      equal(formatQuantity(parseQuantity(alternate)), expect)
    if (q.n !== 0n)
      equal(formatQuantity(negateQuantity(q)), `-${expect}`)
  }),
  parseEmit: table<{ in: string, expect: string }>('in expect', ({ in: text, expect }) => {
    equal(formatQuantity(parseQuantity(text)), expect)
    equal(formatQuantity(parseQuantity(`-${text}`)), `-${expect}`)
  }),
  newMilli: table<{ value: number, format: Format, expect: string, exact: boolean }>('value format expect exact', ({ value, format, expect, exact }) => {
    equal(formatQuantity(quantityOf(value, known(format), -3)), expect)
    if (exact)
      equal(scaledValue(parseQuantity(expect), -3), BigInt(value))
  }),
  new: table<{ value: number, format: Format, expect: string }>('value format expect', ({ value, format, expect }) => {
    equal(formatQuantity(quantityOf(value, known(format))), expect)
    equal(scaledValue(parseQuantity(expect), 0), BigInt(value))
  }),
  newScaled: table<{ value: number, scale: number, expect: string }>('value scale expect', ({ value, scale, expect }) => {
    equal(formatQuantity(quantityOf(value, 'DecimalSI', scale)), expect)
    equal(scaledValue(parseQuantity(expect), scale), BigInt(value))
  }),
  scaledValue: table<{ fromScale: number, toScale: number, expected: number }>('fromScale toScale expected', ({ fromScale, toScale, expected }) => equal(scaledValue(quantityOf(1, 'DecimalSI', fromScale), toScale), BigInt(expected))),
  sub: binary(subtractQuantities),
  add: binary(addQuantities),
  mul: table<{ a: Value, b: string, expected: Value, ok: boolean }>('a b expected ok', ({ a, b, expected, ok }) => {
    const { quantity, exact } = multiplyQuantity(of(a), BigInt(b))
    same(quantity, of(expected))
    equal(exact, ok, 'exact')
  }),
  neg: table<{ a: Value, expected: Value }>('a expected', ({ a, expected }) => same(negateQuantity(of(a)), of(expected))),
  asFloat: table<{ in: string, out: number }>('in out', ({ in: text, out }) => equal(quantityToFloat(parseQuantity(text)), out)),
}

/** A format nobody knows is written as an exponent. */
function known(format: string): Format {
  return format === 'DecimalSI' || format === 'BinarySI' ? format : 'DecimalExponent'
}
