// The parts of the built site that are ours: the page to choose a lecture, and what lies beside the two decks.
import { copyFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { chooserPage } from './chooser.ts'
import { lectureNames, loadLecture } from './deck.ts'
import { at } from './paths.ts'

const about = {
  long: '90 minutes, with hands-on parts.',
  short: '45 minutes, the main line.',
}

/** Writes `dist/index.html`; links to a PDF stand on it where the PDF is there. */
export async function writeChooser(): Promise<void> {
  const files = readdirSync(at('dist/long/assets'))
  const fonts = Object.fromEntries([400, 700].flatMap((weight) => {
    const file = files.find(name => name.startsWith(`inter-latin-${weight}-normal`) && name.endsWith('.woff2'))
    return file ? [[weight, `./long/assets/${file}`]] : []
  }))
  writeFileSync(at('dist/index.html'), chooserPage({
    lectures: await Promise.all(lectureNames.map(loadLecture)),
    about,
    pdfs: lectureNames.filter(name => existsSync(at(`dist/pdf/${name}.pdf`))),
    fonts,
  }))
  if (existsSync(at('public/favicon.svg')))
    copyFileSync(at('public/favicon.svg'), at('dist/favicon.svg'))
}
