// The contact sheet: all pictures of one look on one page.
import { basename } from 'node:path'

export interface Shot {
  /** file name of the picture, beside the sheet */
  file: string
  /** what stands under it */
  label: string
}

/** An HTML page with every picture, small, in order. */
export function contactSheet(shots: readonly Shot[], columns = 6): string {
  const cells = shots.map(({ file, label }) => `<a href="${basename(file)}"><img src="${basename(file)}" alt="${label}"><span>${label}</span></a>`)
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Contact sheet</title>
<style>
body { margin: 0; padding: 12px; background: #888; font: 13px/1.4 system-ui, sans-serif; display: grid; grid-template-columns: repeat(${columns}, 1fr); gap: 10px; }
a { color: #000; text-decoration: none; }
img { display: block; width: 100%; }
</style>
${cells.join('\n')}
</html>
`
}
