// Questions of sections 7 to 9.
import type { Question } from './index.ts'

export const how: readonly Question[] = []
