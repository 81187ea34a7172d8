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

  it('refuses a lecture that there is not', async () => {
    await expect(disabled('long', 'middle')).rejects.toThrow(/middle is no lecture/)
  })
})
