// Serves the built deck on loopback, offline. `--port 8080` asks for a port of one's own, `--remote` serves it to the network, too.
import { networkInterfaces } from 'node:os'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './lib/fresh.ts'
import { at } from './lib/paths.ts'
import { addressesOf, serve } from './lib/serve.ts'

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, remote: { type: 'boolean', default: false } } })

await ensureBuilt()
const { url, close } = await serve(at('dist'), { port: Number(values.port), remote: values.remote })
const elsewhere = values.remote ? addressesOf(networkInterfaces(), Number(new URL(url).port)) : []
if (elsewhere.length)
  console.log(`\n  other devices     ${elsewhere.map(address => `${address}long/`).join('\n                    ')}`)
else if (values.remote)
  console.log('\n  This machine is in no network: other devices cannot reach it.')
console.log(`\n  choose a lecture  ${url}\n  long              ${url}long/\n  short             ${url}short/\n  presenter         ${url}long/#/presenter/1\n\n  Ctrl+C ends it.`)
process.once('SIGINT', () => void close().then(() => process.exit(0)))
