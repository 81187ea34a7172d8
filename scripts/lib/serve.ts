// Serves a folder on loopback, on a free port: nothing outside this machine is asked or answered, unless the network is asked for.
import type { AddressInfo } from 'node:net'
import type { networkInterfaces } from 'node:os'
import { createServer } from 'node:http'
import sirv from 'sirv'

export interface Served {
  /** address of the folder, with a slash at its end */
  url: string
  close: () => Promise<void>
}

export interface ServeOptions {
  /** the path under which the folder is found, as "/a/b/" */
  under?: string
  /** 0, where it is not given: any free port */
  port?: number
  /** to other devices of the network, too */
  remote?: boolean
  headers?: Record<string, string>
}

/**
 * Where other devices of the network find what listens on a port.
 * @param interfaces as `os.networkInterfaces()` gives them
 */
export function addressesOf(interfaces: ReturnType<typeof networkInterfaces>, port: number): string[] {
  return Object.values(interfaces).flatMap(each => each ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => `http://${address}:${port}/`)
}

/** Serves `folder` on 127.0.0.1, or to the network, until it is closed. */
export function serve(folder: string, { under = '/', port = 0, remote = false, headers = {} }: ServeOptions = {}): Promise<Served> {
  const files = sirv(folder, { dev: true, etag: true })
  const server = createServer((request, response) => {
    const url = request.url ?? '/'
    for (const [name, value] of Object.entries(headers))
      response.setHeader(name, value)
    const missing = () => {
      response.statusCode = 404
      response.end('not found')
    }
    if (!url.startsWith(under))
      return missing()
    request.url = `/${url.slice(under.length)}`
    files(request, response, missing)
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, remote ? '0.0.0.0' : '127.0.0.1', () => {
      const { port: got } = server.address() as AddressInfo
      resolve({
        url: `http://127.0.0.1:${got}${under}`,
        close: () => new Promise(done => {
          server.close(() => done())
          server.closeAllConnections()
        }),
      })
    })
  })
}
