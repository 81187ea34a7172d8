// What the data tests read: both lectures, the slides of both together, and the project's files.
import type { Slide } from '../../scripts/lib/deck.ts'
import { globSync, readFileSync } from 'node:fs'
import { loadLecture } from '../../scripts/lib/deck.ts'
import { at, root } from '../../scripts/lib/paths.ts'

export const long = await loadLecture('long')
export const short = await loadLecture('short')

/** Every slide once: those of the long lecture, then what only the short one has. */
export const slides: readonly Slide[] = [...long.slides, ...short.slides.filter(s => !long.slides.some(l => l.file === s.file && l.alias === s.alias))]

/** A slide as a message names it. */
export function name(slide: Slide): string {
  return `${slide.file} ${slide.alias || `slide ${slide.no} of the long lecture`}`
}

/** Files by pattern, from the project's folder, each with its text. */
export function sources(...patterns: string[]): { file: string, text: string }[] {
  return patterns.flatMap(pattern => globSync(pattern, { cwd: root })).sort().map(file => ({ file, text: readFileSync(at(file), 'utf8') }))
}

export interface Notes {
  /** minutes in the long and in the short lecture */
  minutes?: { long: number, short: number }
  handsOn: boolean
  /** what is said, without the first and the last line */
  script: string
  /** ids of the facts in the last line; undefined where there is no such line */
  sources?: string[]
}

/** The notes of a slide, taken apart. */
export function notes({ note }: Pick<Slide, 'note'>): Notes {
  const time = note.match(/^\[(\d+(?:\.\d+)?) min(?:, short (\d+(?:\.\d+)?))?(?:, (hands-on))?\]\s*(?:\n|$)/)
  const last = note.match(/(?:^|\n)\[Sources\][ \t]*([^\n]*)$/)
  const listed = last?.[1]?.trim()
  return {
    minutes: time ? { long: Number(time[1]), short: Number(time[2] ?? time[1]) } : undefined,
    handsOn: time?.[3] !== undefined,
    script: note.replace(time?.[0] ?? '', '').replace(last?.[0] ?? '', '').replace(/\[click\]/g, ''),
    sources: listed === undefined ? undefined : listed === 'none' ? [] : listed.split(/[\s,]+/).filter(Boolean),
  }
}
