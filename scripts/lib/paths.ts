// Where things are: the project's folders, from wherever a script is called.
import { fileURLToPath } from 'node:url'

/** Absolute path of a file or folder of the project. */
export function at(...parts: string[]): string {
  return fileURLToPath(new URL(`../../${parts.join('/')}`, import.meta.url))
}

/** The project's folder, without a slash at its end. */
export const root = at('').replace(/[\\/]$/, '')
