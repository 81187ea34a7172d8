// Which slides belong to which lecture.

/**
 * A slide's frontmatter says `only: long` or `only: short`; a slide that says nothing is in both. `optional: short` makes a
 * slide one to read alone in that lecture only.
 */
export function lectureFilter(lecture: unknown) {
  const here = lecture ?? 'long'
  return {
    name: 'lecture',
    async transformSlide(_content: string, frontmatter: Record<string, unknown>): Promise<undefined> {
      const { only, optional } = frontmatter
      for (const [key, name] of [['only', only], ['optional', typeof optional === 'boolean' ? undefined : optional]] as const) {
        if (name !== undefined && name !== 'long' && name !== 'short')
          throw new Error(`${key}: ${String(name)} is no lecture; write long or short`)
      }
      if (only && only !== here)
        frontmatter.disabled = true
      if (typeof optional === 'string')
        frontmatter.optional = optional === here
    },
  }
}
