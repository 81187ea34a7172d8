// Builds the static site: dist/long, dist/short and the page to choose between them. An exported PDF stays where it is.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import process from 'node:process'
import { lectureNames, lectures } from './lib/deck.ts'
import { markBuilt, sourceStamp } from './lib/fresh.ts'
import { at } from './lib/paths.ts'
import { fail, run, took } from './lib/run.ts'
import { writeChooser } from './lib/site.ts'

const begun = performance.now()
const stamp = sourceStamp()
mkdirSync(at('dist'), { recursive: true })

for (const name of lectureNames) {
  const since = performance.now()
  // built aside and then moved: a deck that is being looked at is never half there
  const aside = `dist/.${name}-${process.pid}`
  const { code, output } = await run('slidev', ['build', lectures[name], '--out', aside, '--base', './', '--router-mode', 'hash'], { quiet: true })
  if (code !== 0 || !existsSync(at(aside, 'index.html'))) {
    rmSync(at(aside), { recursive: true, force: true })
    fail(`${output}\nThe ${name} lecture was not built.`)
  }
  rmSync(at('dist', name), { recursive: true, force: true })
  renameSync(at(aside), at('dist', name))
  console.log(`dist/${name}/  ${took(since)}`)
}

await writeChooser()
markBuilt(stamp)
console.log(`dist/index.html  ${took(begun)} in all`)
