// The parts of the built site that are ours: the page to choose a lecture, and what lies beside the two decks.
import { copyFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { chooserPage } from './chooser.ts'
import { lectureNames, loadLecture } from './deck.ts'
import { at } from './paths.ts'

const about = {
  long: '90 minutes, with hands-on parts.',
  short: '45 minutes, the main line.',
}

/** Writes `dist/index.html`, and beside each deck `papers.json`, the PDFs that lie with it: links stand where a PDF is there. */
export async function writeChooser(): Promise<void> {
  const pdfs = lectureNames.filter(name => existsSync(at(`dist/pdf/${name}.pdf`)))
  for (const name of lectureNames)
    writeFileSync(at('dist', name, 'papers.json'), JSON.stringify(pdfs.filter(pdf => pdf === name).map(pdf => `../pdf/${pdf}.pdf`)))
  const files = readdirSync(at('dist/long/assets'))
  const fonts = Object.fromEntries([400, 700].flatMap((weight) => {
    const file = files.find(name => name.startsWith(`inter-latin-${weight}-normal`) && name.endsWith('.woff2'))
    return file ? [[weight, `./long/assets/${file}`]] : []
  }))
  writeFileSync(at('dist/index.html'), chooserPage({
    lectures: await Promise.all(lectureNames.map(loadLecture)),
    about,
    pdfs,
    fonts,
  }))
  if (existsSync(at('public/favicon.svg')))
    copyFileSync(at('public/favicon.svg'), at('dist/favicon.svg'))
}
