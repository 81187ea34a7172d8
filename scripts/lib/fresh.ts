// Whether the built deck is as new as its sources.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { at } from './paths.ts'
import { run } from './run.ts'

const inputs = ['pages', 'components', 'composables', 'scenarios', 'models', 'cluster', 'data', 'layouts', 'styles', 'setup', 'public', 'scripts/lib', 'slides.md', 'short.md', 'uno.config.ts', 'vite.config.ts', 'package-lock.json']

function files(path: string): string[] {
  if (!existsSync(path))
    return []
  return statSync(path).isDirectory() ? readdirSync(path).sort().flatMap(name => files(join(path, name))) : [path]
}

/** A digest of the names, sizes and times of all that goes into a build. */
export function sourceStamp(): string {
  const list = inputs.flatMap(input => files(at(input))).filter(file => !/\.(?:test\.ts|snap)$/.test(file)).map((file) => {
    const { size, mtimeMs } = statSync(file)
    return `${file} ${size} ${mtimeMs}`
  })
  return createHash('sha1').update(list.join('\n')).digest('hex')
}

const stampFile = () => at('node_modules/.cache/helmsman/built')

/** Notes that `dist/` was built from the sources as stamped. */
export function markBuilt(stamp: string): void {
  mkdirSync(at('node_modules/.cache/helmsman'), { recursive: true })
  writeFileSync(stampFile(), stamp)
}

/** Builds the deck where the sources have changed since. */
export async function ensureBuilt(): Promise<void> {
  if (existsSync(at('dist/index.html')) && existsSync(stampFile()) && readFileSync(stampFile(), 'utf8') === sourceStamp())
    return
  const { code } = await run('node', [at('scripts/build.ts')])
  if (code !== 0)
    throw new Error('the build failed')
}

/** Prints the deck where a PDF is missing or older than the built deck. */
export async function ensureExported(): Promise<void> {
  const fresh = ['long', 'short'].every((name) => {
    const pdf = at(`dist/pdf/${name}.pdf`)
    return existsSync(pdf) && statSync(pdf).mtimeMs >= statSync(at(`dist/${name}/index.html`)).mtimeMs
  })
  if (!fresh && (await run('node', [at('scripts/export.ts')])).code !== 0)
    throw new Error('the export failed')
}
