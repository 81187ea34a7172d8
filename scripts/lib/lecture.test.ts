// Which slides belong to which lecture.
import { describe, expect, it } from 'vitest'
import { lectureFilter } from './lecture.ts'

async function disabled(lecture: unknown, only: unknown): Promise<boolean> {
  const frontmatter: Record<string, unknown> = only === undefined ? {} : { only }
  await lectureFilter(lecture).transformSlide('', frontmatter)
  return frontmatter.disabled === true
}

describe('the lecture filter', () => {
  it('keeps a slide that says nothing in both', async () => {
    expect([await disabled('long', undefined), await disabled('short', undefined)]).toEqual([false, false])
  })

  it('keeps a slide that names a lecture in that one only', async () => {
    expect([await disabled('long', 'long'), await disabled('short', 'long'), await disabled('long', 'short')]).toEqual([false, true, true])
  })

  it('makes a slide optional in the lecture that it names, or in both', async () => {
    const optional = async (lecture: unknown, value: unknown) => {
      const frontmatter: Record<string, unknown> = { optional: value }
      await lectureFilter(lecture).transformSlide('', frontmatter)
      return frontmatter.optional
    }
    expect([await optional('long', 'short'), await optional('short', 'short'), await optional(undefined, 'long')]).toEqual([false, true, true])
    expect([await optional('long', true), await optional('short', true), await optional('short', undefined)]).toEqual([true, true, undefined])
  })

  it('refuses a lecture that there is not', async () => {
    await expect(disabled('long', 'middle')).rejects.toThrow(/middle is no lecture/)
    await expect(lectureFilter('long').transformSlide('', { optional: 'both' })).rejects.toThrow(/optional: both is no lecture/)
  })
})
