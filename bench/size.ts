// How heavy the cluster is in a page: bundled, minified, compressed.
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import { here } from './lib.ts'

/** Bytes of gzip of what these modules and all that they need come to, minified. */
export async function weight(...entries: readonly string[]): Promise<number> {
  const bundle = await rolldown({ input: entries.map(here), platform: 'browser', logLevel: 'silent' })
  const { output } = await bundle.generate({ format: 'esm', minify: true })
  await bundle.close()
  return gzipSync(output.map(chunk => chunk.type === 'chunk' ? chunk.code : '').join(''), { level: 9 }).length
}
