// Which slides belong to which lecture.

/** A slide's frontmatter says `only: long` or `only: short`; a slide that says nothing is in both. */
export function lectureFilter(lecture: unknown) {
  return {
    name: 'lecture',
    async transformSlide(_content: string, frontmatter: Record<string, unknown>): Promise<undefined> {
      if (frontmatter.only !== undefined && frontmatter.only !== 'long' && frontmatter.only !== 'short')
        throw new Error(`only: ${String(frontmatter.only)} is no lecture; write long or short`)
      if (frontmatter.only && frontmatter.only !== (lecture ?? 'long'))
        frontmatter.disabled = true
    },
  }
}
