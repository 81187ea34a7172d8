// The rules by which recorded and printed texts are made comparable; they stand in transcripts/README.md.

export interface Said { readonly stdout: string, readonly stderr: string, readonly exit: number }

/** Which of our hashes stand for which of the recorded ones, as far as a session has shown. */
export interface Names { hashes: Map<string, string> }

const SUFFIX = '[bcdfghj-np-tvwxz24-9]{5}'
const AGE = String.raw`(?:\d+y(?:\d+d)?|\d+d(?:\d+h)?|\d+h(?:\d+m)?|\d+m(?:\d+s)?|\d+s)`

/** Blanks at line ends go, two or more become two. */
export const blank = (text: string) => text.replace(/[ \t]+$/gm, '').replace(/ {2,}/g, '  ')

function words(text: string): string {
  return blank(text
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '<ip>')
    .replace(/\bnode-[123]\b/g, '<node>')
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uid>')
    .replace(/\b\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}\b/g, '<date>')
    .replace(/\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z?/g, '<date>')
    .replace(/(resourceVersion"?: "?)\d+/gi, '$1<rv>')
    .replace(new RegExp(String.raw`\(${AGE} ago\)`, 'g'), '(<age> ago)')
    .replace(new RegExp(String.raw`(?<=^|\s)${AGE}(?=\s|$)`, 'gm'), '<age>'))
}

/** All but the hashes, whose numbers hang on the session. */
export const normalise = ({ stdout, stderr }: { stdout: string, stderr: string }) => ({ stdout: words(stdout), stderr: words(stderr) })

/** Names that end with chance: after a hash, or of slices. */
function random(text: string): string {
  return text.replace(new RegExp(`(<hash\\d+>)-${SUFFIX}\\b`, 'g'), '$1-<id>').replace(new RegExp(`\\b([a-z][a-z0-9-]*)-(?=[a-z0-9]*\\d|[bcdfghj-np-tvwxz]{5}\\b)${SUFFIX}\\b`, 'g'), '$1-<id>')
}

/** Rows of tables may stand in another order: each run of lines under a header is sorted. */
function unordered(text: string): string {
  const blocks = text.split('\n\n')
  return blocks.map((block) => {
    const lines = block.split('\n')
    const header = lines.findIndex(line => /^[A-Z][A-Z()\- ]*(?: {2}[A-Z][A-Z()\- ]*)+$|^NAME$/.test(line))
    return header < 0 ? block : [...lines.slice(0, header + 1), ...lines.slice(header + 1).sort()].join('\n')
  }).join('\n\n')
}

const lastLine = (text: string) => text.trimEnd().split('\n').at(-1) ?? ''

function* orders(list: readonly string[]): Generator<string[]> {
  if (!list.length)
    yield []
  for (let i = 0; i < list.length; i++) {
    for (const rest of orders([...list.slice(0, i), ...list.slice(i + 1)]))
      yield [list[i]!, ...rest]
  }
}

/**
 * Whether both say the same. Hashes are numbered in the order of their appearance, and which row of a table comes first hangs on them: those that have not been seen yet are matched so that
 * the texts agree, if they do at all; from then on they keep their numbers.
 */
export function compare(wanted: Said, given: Said, hashes: readonly string[], names: Names, last: boolean): { given: Said, equal: boolean } {
  const texts = `${given.stdout}\n${given.stderr}`
  const unseen = hashes.filter(hash => !names.hashes.has(hash) && texts.includes(hash)).sort((a, b) => texts.indexOf(a) - texts.indexOf(b)).slice(0, 5)
  const free = unseen.map((_, i) => `<hash${names.hashes.size + i + 1}>`)
  const replace = (text: string, known: ReadonlyMap<string, string>) => random([...known].reduce((now, [hash, name]) => now.replaceAll(hash, name), text))
  let first: Said | undefined
  for (const order of orders(free)) {
    const known = new Map([...names.hashes, ...unseen.map((hash, i) => [hash, order[i]!] as const)])
    const said = { stdout: replace(given.stdout, known), stderr: replace(given.stderr, known), exit: given.exit }
    first ??= said
    const equal = said.exit === wanted.exit && (last
      ? lastLine(said.stdout) === lastLine(wanted.stdout)
      : unordered(said.stdout) === unordered(wanted.stdout) && said.stderr === wanted.stderr)
    if (equal) {
      names.hashes = known
      return { given: said, equal }
    }
  }
  names.hashes = new Map([...names.hashes, ...unseen.map((hash, i) => [hash, free[i]!] as const)])
  return { given: first!, equal: false }
}
