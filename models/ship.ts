// Loading the ship: the same cargo aboard loose and in containers, side by side. A story that needs no cluster.
//
// Quoted: one container every 7 minutes (B2); 5.83 against 0.158 USD a ton (B3); about five days from Newark to Houston (B1);
// dock labour handled 1.7 tons an hour in 1965 (B6).
// Modelled: that rate is taken as one gang's (the source does not say whose hour it is); gangs work side by side, day and night, and
// never wait for each other. How many tons a box holds no source here gives: the learner chooses.
import type { Moment, Story, StoryEvent } from './story.ts'
import { DAY, formatLong, HOUR, MINUTE } from './clock.ts'
import { clampTime } from './story.ts'

/** The figures the model stands on, each with its fact. */
export const shipFacts = {
  boxEvery: { ms: 7 * MINUTE, fact: 'B2' },
  usdPerTonLoose: { usd: 5.83, fact: 'B3' },
  usdPerTonBoxed: { usd: 0.158, fact: 'B3' },
  gangTonsPerHour: { tons: 1.7, fact: 'B6' },
  voyage: { ms: 5 * DAY, fact: 'B1' },
  idealX: { boxes: 58, fact: 'B1' },
} as const

export const shipLimits = {
  boxes: { min: 10, max: 58, step: 4 },
  tons: { min: 2, max: 20, step: 2 },
  gangs: { min: 1, max: 8, step: 1 },
} as const

/** The cargo: `boxes` containers of `tons` tons each, or the same weight loose, carried by `gangs` gangs. */
export interface ShipSettings { readonly boxes: number, readonly tons: number, readonly gangs: number }

export const shipDefaults: ShipSettings = { boxes: 58, tons: 10, gangs: 2 }

/** One of the two ships at a time. */
export interface ShipSide {
  /** tons aboard */
  readonly tons: number
  /** 0 to 1 of the cargo */
  readonly share: number
  /** USD spent on loading so far */
  readonly cost: number
  readonly phase: 'loading' | 'at sea' | 'arrived'
  /** 0 to 1 of the way to Houston */
  readonly voyage: number
}

export interface ShipView {
  /** virtual ms */
  readonly t: number
  readonly settings: ShipSettings
  /** tons to be loaded on each ship */
  readonly cargo: number
  readonly loose: ShipSide
  readonly boxed: ShipSide & {
    /** whole boxes aboard */
    readonly boxes: number
    /** 0 to 1 of the way of the box on the crane */
    readonly lift: number
  }
}

interface Shift { readonly from: number, readonly gangs: number }

/** Whole tons, below ten with one decimal. */
export function formatTons(tons: number): string {
  return (tons < 10 ? Math.round(tons * 10) / 10 : Math.round(tons)).toLocaleString('en-GB')
}

/** Whole dollars. */
export function formatUsd(usd: number): string {
  return `$${Math.round(usd).toLocaleString('en-GB')}`
}

/** The model; `shifts` are the numbers of gangs in order of time, the first at 0. */
function tell(settings: ShipSettings, shifts: readonly Shift[]): Story<ShipView> {
  const { boxes, tons } = settings
  const cargo = boxes * tons
  const boxedDone = boxes * shipFacts.boxEvery.ms
  const perMs = (gangs: number) => gangs * shipFacts.gangTonsPerHour.tons / HOUR

  /** tons carried aboard loose by a time, were there no end to the cargo */
  function carried(t: number): number {
    return shifts.reduce((sum, shift, i) => {
      const until = Math.min(t, shifts[i + 1]?.from ?? Infinity)
      return sum + Math.max(0, until - shift.from) * perMs(shift.gangs)
    }, 0)
  }

  /** when so many tons are aboard loose, in whole ms */
  function carriedAt(goal: number): number {
    let sum = 0
    for (const [i, shift] of shifts.entries()) {
      const until = shifts[i + 1]?.from ?? Infinity
      const gain = (until - shift.from) * perMs(shift.gangs)
      if (sum + gain >= goal)
        return Math.ceil(shift.from + (goal - sum) / perMs(shift.gangs))
      sum += gain
    }
    throw new RangeError(`no shift carries ${goal} tons`)
  }

  const looseDone = carriedAt(cargo)
  const looseThere = looseDone + shipFacts.voyage.ms
  const boxedThere = boxedDone + shipFacts.voyage.ms
  const duration = Math.max(looseThere, boxedThere)

  function voyage(t: number, done: number): Pick<ShipSide, 'phase' | 'voyage'> {
    const way = Math.min(1, Math.max(0, (t - done) / shipFacts.voyage.ms))
    return { voyage: way, phase: t < done ? 'loading' : way < 1 ? 'at sea' : 'arrived' }
  }

  function at(time: number): ShipView {
    const t = clampTime({ duration }, time)
    const loose = t >= looseDone ? cargo : Math.min(cargo, carried(t))
    const aboard = Math.min(boxes, Math.floor(t / shipFacts.boxEvery.ms))
    const gangs = shifts.findLast(shift => shift.from <= t)?.gangs ?? settings.gangs
    return {
      t,
      settings: { ...settings, gangs },
      cargo,
      loose: { tons: loose, share: loose / cargo, cost: loose * shipFacts.usdPerTonLoose.usd, ...voyage(t, looseDone) },
      boxed: {
        tons: aboard * tons,
        share: aboard / boxes,
        cost: aboard * tons * shipFacts.usdPerTonBoxed.usd,
        boxes: aboard,
        lift: aboard < boxes ? (t % shipFacts.boxEvery.ms) / shipFacts.boxEvery.ms : 0,
        ...voyage(t, boxedDone),
      },
    }
  }

  const n = formatTons
  const list: StoryEvent[] = [
    { at: 0, by: 'both ships', text: `take on ${n(cargo)} tons: loose on one, in ${boxes} boxes on the other`, major: true },
    ...Array.from({ length: boxes }, (_, i) => ({
      at: (i + 1) * shipFacts.boxEvery.ms,
      by: 'crane',
      text: i + 1 < boxes ? `sets box ${i + 1} of ${boxes} aboard` : 'sets the last box aboard: the box ship sails',
      major: i + 1 === boxes,
    })),
    ...Array.from({ length: 9 }, (_, i) => ({
      at: carriedAt(cargo * (i + 1) / 10),
      by: 'gangs',
      text: `pass ${n(cargo * (i + 1) / 10)} of ${n(cargo)} tons`,
    })),
    ...shifts.slice(1).map(shift => ({ at: shift.from, by: 'you', text: `put ${shift.gangs} ${shift.gangs === 1 ? 'gang' : 'gangs'} to work`, major: true })),
    { at: looseDone, by: 'gangs', text: 'carry the last piece aboard: the loose ship sails', major: true },
    { at: boxedThere, by: 'box ship', text: 'reaches Houston', major: true },
    { at: looseThere, by: 'loose ship', text: 'reaches Houston', major: true },
  ]
  const events = list.filter(e => e.at <= duration).sort((a, b) => a.at - b.at)

  const hour = at(HOUR)
  const houston = at(boxedThere)
  const end = at(duration)
  const state = (side: ShipSide) => side.phase === 'loading' ? `has ${n(side.tons)} of ${n(cargo)} tons aboard` : side.phase === 'at sea' ? 'is at sea' : 'has arrived'
  const moments: Moment[] = [
    { id: 'start', at: 0, sentence: `Two ships, the same ${n(cargo)} tons: loose on the left, in ${boxes} boxes on the right.` },
    { id: 'hour', at: HOUR, sentence: `After an hour: ${n(hour.loose.tons)} tons by hand, ${n(hour.boxed.tons)} tons in ${hour.boxed.boxes} boxes.` },
    { id: 'full', at: boxedDone, sentence: `After ${formatLong(boxedDone)} the box ship is full and sails.` },
    { id: 'houston', at: boxedThere, sentence: `About five days later the boxes are in Houston; the other ship ${state(houston.loose)}.` },
    { id: 'both', at: looseThere, sentence: `The loose ship was loaded after ${formatLong(looseDone)} and is there too. The bills: ${formatUsd(end.loose.cost)} and ${formatUsd(end.boxed.cost)}.` },
  ]

  return {
    duration,
    pace: 4 * HOUR / 1000,
    moments: moments.sort((a, b) => a.at - b.at),
    at,
    events: (from, to) => events.filter(e => e.at > from && e.at <= to),
    fork(t, op) {
      if (op.op === 'gangs') {
        const gangs = setting('gangs', op.to)
        const from = Math.round(clampTime({ duration }, t))
        if (from === 0)
          return shipStory({ ...settings, gangs })
        return tell(settings, [...shifts.filter(shift => shift.from < from), { from, gangs }])
      }
      if (op.op === 'boxes' || op.op === 'tons') {
        if (t > 0)
          throw new RangeError('the cargo is chosen before the loading starts: go back to the start')
        return shipStory({ ...settings, [op.op]: setting(op.op, op.to) })
      }
      throw new RangeError(`loading the ship knows no "${op.op}"; it knows boxes, tons and gangs`)
    },
  }
}

function setting(name: keyof ShipSettings, value: unknown): number {
  const { min, max } = shipLimits[name]
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max)
    throw new RangeError(`${name} must be a whole number from ${min} to ${max}, not ${String(value)}`)
  return value
}

/**
 * The story of loading one cargo both ways. Its interventions: `{ op: 'gangs', to }` at any time; `{ op: 'boxes', to }` and
 * `{ op: 'tons', to }` at the start.
 * @throws RangeError where a setting is no whole number within `shipLimits`
 */
export function shipStory(settings: ShipSettings = shipDefaults): Story<ShipView> {
  for (const name of ['boxes', 'tons', 'gangs'] as const)
    setting(name, settings[name])
  return tell(settings, [{ from: 0, gangs: settings.gangs }])
}
