// What is known of a container's files: which are surely not there. upstream: busybox cat
import type { Container } from 'kubernetes-types/core/v1'
import { shellWords } from './script.ts'

/** What cat says of a file that is not there. */
export const noFile = (path: string): string => `cat: can't open '${path}': No such file or directory\n`

/** A command that a shell would only pass on, by its words. */
function plainWords(command: readonly string[]): readonly string[] {
  const [shell = '', option, text] = command
  return /(?:^|\/)(?:ash|bash|dash|sh)$/.test(shell) && option === '-c' && text !== undefined && !/[;&|<>$`\n]/.test(text) ? shellWords(text).words : command
}

/**
 * What a cat says that cannot succeed, in a container that nobody has written to: images have nothing in /tmp. Undefined where it may succeed: of another place, of one that is
 * mounted, or of a file that the container's own command names.
 */
export function catFails({ command = [], args = [], volumeMounts = [] }: Container, words: readonly string[]): string | undefined {
  const [name = '', ...paths] = plainWords(words)
  if (!/^(?:\/(?:usr\/)?bin\/)?cat$/.test(name))
    return undefined
  const own = [...command, ...args].join(' ')
  const missing = paths.filter(path => path.startsWith('/tmp/') && !own.includes(path) && !volumeMounts.some(({ mountPath }) => path.startsWith(mountPath)))
  return missing.length ? missing.map(noFile).join('') : undefined
}
