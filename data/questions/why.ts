// Questions of sections 1 to 6.
import type { Question } from './index.ts'

export const why: readonly Question[] = []
