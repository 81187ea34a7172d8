// Two lectures from the same pages: a slide with `only: long` in its frontmatter is left out of the short one.
import { definePreparserSetup } from '@slidev/types'
import { lectureFilter } from '../scripts/lib/lecture.ts'

export default definePreparserSetup(({ headmatter }) => [lectureFilter(headmatter.lecture)])
