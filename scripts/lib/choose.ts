// Which slides are meant by `--slides healing,12-14`.
import type { Slide } from './deck.ts'

/**
 * @param wanted aliases, numbers and ranges, split by commas; all slides where it is empty
 * @throws where an alias or a number is not in the lecture
 */
export function chooseSlides(slides: readonly Slide[], wanted = ''): Slide[] {
  const parts = wanted.split(',').map(part => part.trim()).filter(Boolean)
  if (!parts.length)
    return [...slides]
  return parts.flatMap((part) => {
    const range = part.match(/^(\d+)(?:-(\d+))?$/)
    const found = range
      ? slides.filter(s => s.no >= Number(range[1]) && s.no <= Number(range[2] ?? range[1]))
      : slides.filter(s => s.alias === part)
    if (!found.length)
      throw new Error(`no slide "${part}" here; there are 1 to ${slides.length}, and: ${slides.map(s => s.alias).join(', ')}`)
    return found
  })
}
