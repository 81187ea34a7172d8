// Serves the built deck on loopback, offline. `--port 8080` asks for a port of one's own.
import process from 'node:process'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './lib/fresh.ts'
import { at } from './lib/paths.ts'
import { serve } from './lib/serve.ts'

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } })

await ensureBuilt()
const { url, close } = await serve(at('dist'), { port: Number(values.port) })
console.log(`\n  choose a lecture  ${url}\n  long              ${url}long/\n  short             ${url}short/\n  presenter         ${url}long/#/presenter/1\n\n  Ctrl+C ends it.`)
process.once('SIGINT', () => void close().then(() => process.exit(0)))
