// The calendar: written dates, months, and a stretched line.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axisOf, formatMonth, parseDate, timeOf } from './calendar.ts'
import { DAY } from './clock.ts'

describe('the calendar', () => {
  it('counts days as the calendar does, leap years and all', () => {
    fc.assert(fc.property(fc.integer({ min: 1979, max: 2099 }), fc.integer({ min: 0, max: 11 }), fc.integer({ min: 1, max: 28 }), (year, month, day) => {
      expect(timeOf(year, month, day)).toBe(Date.UTC(year, month, day) - Date.UTC(1979, 0, 1))
    }))
  })

  it('reads dates as they are written, each as the first day it may mean', () => {
    expect(parseDate('1979')).toBe(0)
    expect(parseDate('about 2003')).toBe(timeOf(2003))
    expect(parseDate('March 2013')).toBe(timeOf(2013, 2))
    expect(parseDate('autumn 2013')).toBe(timeOf(2013, 8))
    expect(parseDate('21 July 2015')).toBe(timeOf(2015, 6, 21))
  })

  it.each(['', 'soon', 'Juli 2015', '2015-07-21', '21 2015'])('refuses %j', (written) => {
    expect(() => parseDate(written)).toThrow(RangeError)
  })

  it('names the month of every day', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 120 * 365 }), (day) => {
      const date = new Date(Date.UTC(1979, 0, 1) + day * DAY)
      expect(formatMonth(day * DAY)).toBe(`${date.toLocaleString('en', { month: 'long', timeZone: 'UTC' })} ${date.getUTCFullYear()}`)
    }))
  })
})

describe('a stretched line', () => {
  const axis = axisOf([{ from: 1979, to: 2003, wide: 1 }, { from: 2003, to: 2013, wide: 3 }, { from: 2013, to: 2020, wide: 14 }])

  it('runs from end to end and never back', () => {
    expect([axis.place(0), axis.place(timeOf(2020)), axis.place(timeOf(2030))]).toEqual([0, 1, 1])
    fc.assert(fc.property(fc.integer({ min: 0, max: timeOf(2020) - DAY }), t => axis.place(t + DAY) > axis.place(t)))
  })

  it('gives each year its width', () => {
    const width = (year: number) => axis.place(timeOf(year + 1)) - axis.place(timeOf(year))
    expect(width(2015) / width(1985)).toBeCloseTo(14, 1)
    expect(width(2005) / width(1985)).toBeCloseTo(3, 1)
    expect(axis.slope(timeOf(1985)) / axis.slope(timeOf(2015))).toBeCloseTo(14, 1)
  })
})
