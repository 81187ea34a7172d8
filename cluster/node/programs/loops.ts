// Variables and loops over words in a shell's text, written out. upstream: busybox sh

/** More turns of loops, and more commands, than this are not run. */
export const MOST = 200

/** Puts the values of variables into a shell's text, but where it stands in single quotes. */
export function fillIn(text: string, values: Readonly<Record<string, string>>, onlyThese = false): string {
  let single = false
  let double = false
  return text.replace(/\\.|['"]|\$(?:\{(\w+)\}|([A-Z_]\w*))/gi, (all, braced?: string, bare?: string) => {
    const name = braced ?? bare
    if (name === undefined) {
      if (all === '\'' && !double)
        single = !single
      else if (all === '"' && !single)
        double = !double
      return all
    }
    return single || (onlyThese && !Object.hasOwn(values, name)) ? all : values[name] ?? ''
  })
}

/** The words of a loop's list, those of `$(seq 1 3)` as well. */
const listed = (list: string): string[] => list.replace(/\$\(seq (\d+)(?: (\d+))?\)/g, (_, a: string, b?: string) => {
  const [from, to] = b === undefined ? [1, Number(a)] : [Number(a), Number(b)]
  return Array.from({ length: Math.max(0, Math.min(MOST, to - from + 1)) }, (_each, at) => from + at).join(' ')
}).split(/\s+/).filter(Boolean).slice(0, MOST)

/** Loops over words written out, turn by turn; those within each other stay, and are refused. */
export function unroll(text: string): string {
  for (let i = 0; i < 5; i++) {
    const head = /\bfor ([A-Z_]\w*) in ([^;\n]*)[;\n]/i.exec(text)
    if (!head)
      return text
    const rest = text.slice(head.index + head[0].length)
    const tail = rest.trimStart()
    const end = [...tail.matchAll(/\bdone\b/g)].find(({ index }) => {
      const before = tail.slice(0, index)
      const bare = before.trimEnd()
      return bare.endsWith(';') || before.slice(bare.length).includes('\n')
    })
    if (!/^do\s/.test(tail) || !end)
      return text
    const body = tail.slice(2, end.index).trim()
    if (/\b(?:for|while|until) /.test(body))
      return text
    const turns = listed(head[2]!).map(word => fillIn(body.endsWith(';') ? body.slice(0, -1) : body, { [head[1]!]: word }, true)).join('; ')
    text = text.slice(0, head.index) + (turns || 'true') + tail.slice(end.index + 4)
  }
  return text
}
