// The page that lets a visitor choose a lecture: one static file, no script, no request outside.
import type { Lecture } from './deck.ts'

export interface ChooserParts {
  lectures: readonly Lecture[]
  /** what each lecture is, in a line */
  about: Record<string, string>
  /** names of the lectures whose PDF is there */
  pdfs: readonly string[]
  /** addresses of the text font by weight, where the built deck has them */
  fonts: Readonly<Record<number, string>>
}

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')

/** The whole page as HTML. */
export function chooserPage({ lectures, about, pdfs, fonts }: ChooserParts): string {
  const faces = Object.entries(fonts).map(([weight, url]) => `@font-face { font-family: Inter; font-weight: ${weight}; font-display: swap; src: url('${url}') format('woff2'); }`).join('\n')
  const entries = lectures.map(({ name, title, slides }) => `
      <li>
        <h2><a href="./${name}/">${escape(title)}</a></h2>
        <p>${escape(about[name] ?? '')} ${slides.length} slides.</p>
        <p class="more"><a href="./${name}/#/overview">All slides at a glance</a>${pdfs.includes(name) ? ` <a href="./pdf/${name}.pdf">On paper (PDF)</a>` : ''}</p>
      </li>`).join('')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="Two lectures on container orchestration and Kubernetes, with diagrams that run.">
<title>Helmsman: choose a lecture</title>
<link rel="icon" href="./favicon.svg" type="image/svg+xml">
<style>
${faces}
:root { --ground: #f7f5ef; --panel: #ffffff; --ink: #0b1b33; --muted: #4a5a72; --line: #c9cfd8; --blue: #326ce5; --link: #1f55c4; --sky: #1a76ab; --orange: #a66200; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #0b1b33; --panel: #10243f; --ink: #f2f5fa; --muted: #a9b8cf; --line: #2b4468; --blue: #6e9bff; --link: #8fb2ff; --sky: #56b4e9; --orange: #e69f00; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-content: center; padding: 32px 24px; background: var(--ground); color: var(--ink); font: 20px/1.45 Inter, system-ui, sans-serif; }
main { width: min(900px, 100vw - 48px); }
h1 { margin: 0 0 8px; font-size: clamp(32px, 6vw, 52px); line-height: 1.1; letter-spacing: -0.012em; }
p { margin: 0; color: var(--muted); }
ul { list-style: none; margin: 36px 0 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); gap: 20px; }
li { padding: 24px; border: 3px solid var(--sky); background: var(--panel); display: flex; flex-direction: column; gap: 10px; }
li + li { border-color: var(--orange); }
h2 { margin: 0; font-size: 24px; line-height: 1.25; }
a { color: var(--link); text-underline-offset: 3px; }
.more { margin-top: auto; padding-top: 10px; display: flex; flex-wrap: wrap; gap: 6px 20px; font-size: 18px; }
.more a { display: inline-block; min-height: 28px; }
:focus-visible { outline: 3px solid var(--blue); outline-offset: 3px; }
</style>
</head>
<body>
<main>
  <h1>What is orchestration, and what is Kubernetes?</h1>
  <p>Two lectures from the same slides. Arrow keys turn the pages; every diagram can be played with.</p>
  <ul>${entries}
  </ul>
</main>
</body>
</html>
`
}
