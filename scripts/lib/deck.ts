// The two lectures as data: every slide with its frontmatter, text and notes, as Slidev will show them.
import { relative } from 'node:path'
import { injectPreparserExtensionLoader, load } from '@slidev/parser/fs'
import { lectureFilter } from './lecture.ts'
import { at, root } from './paths.ts'

/** The lectures by name, each with the file that orders its slides. */
export const lectures = { long: 'slides.md', short: 'short.md' } as const
export type LectureName = keyof typeof lectures
export const lectureNames = Object.keys(lectures) as LectureName[]

export interface Slide {
  /** its number in this lecture, from 1 */
  no: number
  alias: string
  section: string
  /** its first heading, as written; empty where it has none */
  heading: string
  /** its Markdown, without frontmatter and notes */
  content: string
  note: string
  frontmatter: Record<string, unknown>
  optional: boolean
  /** the file it stands in, from the project's folder */
  file: string
}

export interface Lecture {
  name: LectureName
  title: string
  headmatter: Record<string, unknown>
  slides: Slide[]
}

/** Reads a lecture from its pages. */
export async function loadLecture(name: LectureName): Promise<Lecture> {
  injectPreparserExtensionLoader(async (_roots, headmatter) => [lectureFilter(headmatter.lecture)])
  const data = await load({ roots: [root], userRoot: root }, at(lectures[name]), {}, 'build')
  const errors = Object.values(data.markdownFiles).flatMap(file => file.errors ?? [])
  if (errors.length)
    throw new Error(errors.map(error => error.message).join('\n'))
  return {
    name,
    title: String(data.headmatter.title),
    headmatter: data.headmatter,
    slides: data.slides.map((slide, i) => ({
      no: i + 1,
      alias: String(slide.source.frontmatter.routeAlias ?? ''),
      section: String(slide.frontmatter.section ?? ''),
      heading: slide.content.match(/^#\s+(\S.*)$/m)?.[1]?.trim() ?? '',
      content: slide.content,
      note: slide.note?.trim() ?? '',
      frontmatter: slide.source.frontmatter,
      optional: slide.source.frontmatter.optional === true,
      file: relative(root, slide.source.filepath),
    })),
  }
}
