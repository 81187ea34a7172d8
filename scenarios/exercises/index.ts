// The exercises, in the order in which they are done.
import type { Exercise } from './exercise.ts'
import { drainIt } from './drainIt.ts'
import { firstLook } from './firstLook.ts'
import { loseOne } from './loseOne.ts'
import { newVersion } from './newVersion.ts'
import { oneName } from './oneName.ts'
import { rescueCordon } from './rescueCordon.ts'
import { rescueImage } from './rescueImage.ts'
import { rescueMemory } from './rescueMemory.ts'
import { rescueProbe } from './rescueProbe.ts'
import { rescueScale } from './rescueScale.ts'
import { rescueSelector } from './rescueSelector.ts'
import { rescueTooBig } from './rescueTooBig.ts'
import { runIt } from './runIt.ts'
import { undoIt } from './undoIt.ts'
import { wantMore } from './wantMore.ts'

export { type Exercise, lineOf, LONGEST, scenarioOf, spelled, type Step, type Verdict } from './exercise.ts'
export { clueOf, continued, endsOf } from './paper.ts'

export const exercises: readonly Exercise[] = [
  firstLook, runIt, loseOne, wantMore, oneName, newVersion, drainIt,
  undoIt, rescueSelector, rescueImage, rescueTooBig, rescueProbe, rescueMemory, rescueCordon, rescueScale,
]

/** The exercise of an id; undefined where there is none. */
export const exerciseOf = (id: string): Exercise | undefined => exercises.find(each => each.id === id)
