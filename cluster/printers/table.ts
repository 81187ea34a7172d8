// Cells in columns, as Go's tabwriter sets them.

export interface TabOptions {
  /** the least width of a column */
  readonly min?: number
  /** blanks after the widest cell */
  readonly padding?: number
}

/** Columns; what goes beyond is text. */
const MOST = 100

const wide = (text: string) => [...text].length

/** Lines whose cells end with tabs become columns: a column is as wide as its widest cell in lines that follow each other. upstream: text/tabwriter */
export function tabbed(text: string, { min = 0, padding = 2 }: TabOptions = {}): string {
  const lines = text.split('\n').map(line => line.split('\t'))
  const out = lines.map(() => '')

  /** Sets the cells from a column on, in a block of lines that all have that cell ended by a tab. */
  function format(from: number, to: number, column: number): void {
    if (column >= MOST)
      return
    for (let i = from; i < to; i++) {
      if (lines[i]!.length - 1 <= column)
        continue
      let end = i
      let width = 0
      while (end < to && lines[end]!.length - 1 > column)
        width = Math.max(width, wide(lines[end++]![column]!))
      const size = Math.max(min, width + padding)
      for (let line = i; line < end; line++)
        out[line] += lines[line]![column]! + ' '.repeat(Math.max(0, size - wide(lines[line]![column]!)))
      format(i, end, column + 1)
      i = end - 1
    }
  }
  format(0, lines.length, 0)
  return out.map((line, i) => line + (lines[i]!.length > MOST ? lines[i]!.slice(MOST).join(' ') : lines[i]!.at(-1)!)).join('\n')
}

/** A table as `get` prints it: cells with three blanks between columns, none after the last. */
export function tableText(rows: readonly (readonly (string | number)[])[]): string {
  return rows.length ? tabbed(`${rows.map(cells => cells.map(cell => String(cell).replace(/[\t\n\f\r]/g, ' ')).join('\t')).join('\n')}\n`, { min: 6, padding: 3 }) : ''
}
