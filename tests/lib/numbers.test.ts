// The reading of numbers, on which the data tests stand.
import type { Fact } from '../../data/facts.ts'
import { describe, expect, it } from 'vitest'
import { numbers, strangers } from './numbers.ts'

const fact = (statement: string, value = ''): Fact => ({ id: 'X1', statement, value, verified: true, confidence: 'high', source: { title: '', urls: [] } })

describe('numbers in prose', () => {
  it.each([
    ['5,000 nodes and 15.8 cents', ['5000', '15.8']],
    ['about 41% in 2018', ['41', '2018']],
    ['v2, K8s, web-1, Ideal-X, node2a', []],
    ['load was 50x, then 300 ms', ['50', '300']],
    ['1965 to 1970/71', ['1965', '1970', '71']],
    ['a 90-minute lecture', ['90']],
    ['OCI v1.0 and v1.36.2', []],
    ['04', ['4']],
    ['three copies', []],
  ])('reads "%s"', (text, expected) => {
    expect(numbers(text)).toEqual(expected)
  })

  it('finds the numbers that a fact does not hold', () => {
    expect(strangers('26 April 1956', [fact('sailed', '1956-04-26')])).toEqual([])
    expect(strangers('27 April 1956', [fact('sailed', '1956-04-26')])).toEqual(['27'])
    expect(strangers('5,000 and 110', [fact('at most 5000'), fact('110 Pods')])).toEqual([])
    expect(strangers('18%', [fact('18.3% of them')])).toEqual([])
    expect(strangers('19%', [fact('18.3% of them')])).toEqual(['19'])
  })
})
