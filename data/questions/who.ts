// Questions of sections 10 to 12.
import type { Question } from './index.ts'

export const who: readonly Question[] = []
