// A room with a thermostat, as one more part that acts in a cluster's time: it knows its dial and its thermometer, and nothing else.
//
// Modelled, not quoted: the room warms by 0.4 degrees a tick while it is heated and loses 0.008, 0.5 with its window open: shut, it stays warm for as long as the other loops are told of; a tick is half a second.
// The thermometer reads half degrees, and the loop decides by what it reads: the same two numbers always make it do the same.
import type { Actor, Glance } from '../cluster/index.ts'

export interface Room {
  /** degrees */
  dial: number
  temperature: number
  heats: boolean
  open: boolean
}

const TICK = 500
const GAIN = 0.4
const LOSS = 0.008
const DRAUGHT = 0.5
const OUTSIDE = 5

export const dialRange = { least: 15, most: 25 } as const

/** What the thermometer shows, degrees. */
export const reading = ({ temperature }: Pick<Room, 'temperature'>): number => Math.round(temperature * 2) / 2

/** Operations: `dial { degrees }`, `window { open }`. */
export const room: Actor<Room> = {
  name: 'thermostat',
  watches: [],
  start({ enqueue }) {
    enqueue('tick', TICK)
    return { dial: 21, temperature: 21, heats: false, open: false }
  },
  observe: () => {},
  run(_, { memory, enqueue }) {
    const { dial, temperature, open } = memory
    memory.temperature = Math.max(OUTSIDE, Math.round((temperature + (memory.heats ? GAIN : 0) - (open ? DRAUGHT : LOSS)) * 1000) / 1000)
    // its loop: compare, act
    memory.heats = reading(memory) < dial
    enqueue('tick', TICK)
  },
  operations: {
    dial({ degrees }, { memory }) {
      if (typeof degrees !== 'number' || !(degrees >= dialRange.least && degrees <= dialRange.most))
        throw new RangeError(`the dial goes from ${dialRange.least} to ${dialRange.most} degrees`)
      memory.dial = degrees
    },
    window({ open }, { memory }) { memory.open = !!open },
  },
}

/** How it stands; plain data. */
export const roomOf = ({ state }: Glance): Room => ({ ...state.actors[room.name] as Room })
