// The exercises, in the order in which they are done.
import type { Exercise } from './exercise.ts'
import { firstLook } from './firstLook.ts'

export { type Exercise, lineOf, LONGEST, scenarioOf, type Step, type Verdict } from './exercise.ts'

export const exercises: readonly Exercise[] = [firstLook]

/** The exercise of an id; undefined where there is none. */
export const exerciseOf = (id: string): Exercise | undefined => exercises.find(each => each.id === id)
