// Programs that see and change the exercise's files. upstream: GNU coreutils
import type { Io, Plain } from './io.ts'
import type { Step } from './kubectl.ts'

/** ms that an editor or a sleep may last before it is asked again. */
export const LONGEST_WAIT = 3_600_000

/** Lists files. */
export function ls(words: readonly string[], io: Io): Step {
  const asked = words.filter(word => !word.startsWith('-') && word !== '.')
  const files = Object.keys(io.session.files).sort()
  const missing = asked.filter(name => !files.includes(name.replace(/^\.\//, '')))
  missing.forEach(name => io.warn(`ls: cannot access '${name}': No such file or directory\n`))
  const shown = asked.length ? asked.filter(name => !missing.includes(name)) : files
  const long = words.some(word => /^-\w*l/.test(word))
  io.print(shown.map(name => long ? `-rw-r--r-- 1 user user ${String(io.session.files[name]?.length ?? 0).padStart(6)} ${name}\n` : `${name}\n`).join(''))
  return { exit: missing.length ? 2 : 0 }
}

/** Takes files away. */
export function rm(words: readonly string[], io: Io): Step {
  const files = { ...io.session.files }
  let exit = 0
  for (const name of words.filter(word => !word.startsWith('-'))) {
    if (!Object.hasOwn(files, name)) {
      io.warn(`rm: cannot remove '${name}': No such file or directory\n`)
      exit = 1
    }
    delete files[name]
  }
  io.session = { ...io.session, files }
  return { exit }
}

/** Opens a file in the editor, a new one where there is none of that name. */
export function editFile(words: readonly string[], io: Io): Step {
  const [name, ...others] = words.filter(word => !word.startsWith('-')).map(word => word.replace(/^\.\//, ''))
  if (others.length) {
    io.warn('edit: opens one file at a time\n')
    return { exit: 1 }
  }
  if (!name) {
    io.warn('edit: which file?\n')
    return { exit: 1 }
  }
  return { waiting: { follow: 'file', after: LONGEST_WAIT, data: { name, text: io.session.files[name] ?? '', ...!Object.hasOwn(io.session.files, name) && { fresh: true } } as Plain } }
}
