// curl and wget in a container: what they ask, and what they say of what becomes of it. upstream: curl 8.5, busybox 1.36 networking/wget.c
import { attempt } from '../../network/rules.ts'
import type { Outcome } from '../../network/requests.ts'
import { hasPage } from '../../node/programs/program.ts'
import { take } from '../options.ts'
import { lookUp, serviceAt } from './where.ts'
import type { Said, Where } from './where.ts'

/** What comes of one request. */
interface Answer { readonly outcome: Outcome | 'reached', readonly ms: number, readonly ip: string, readonly status: string, readonly body: string, readonly headers: readonly string[], /** it speaks TLS, and nothing else */ readonly secure?: boolean }
interface Url { readonly scheme: string, readonly host: string, readonly port: number, readonly path: string }

/** How long Linux tries to reach somebody who does not answer, ms: six times, 1 + 2 + 4 + … s. upstream: tcp_syn_retries */
const GIVES_UP = 127_000
/** What wget waits for at most where nothing is said, ms. */
const PATIENCE = 900_000

function readUrl(text: string): Url | undefined {
  const [, scheme = 'http', host, port, path = '/'] = /^(?:(https?):\/\/)?([\w.-]+)(?::(\d+))?(\/\S*)?$/.exec(text) ?? []
  return host === undefined ? undefined : { scheme, host, port: Number(port ?? (scheme === 'https' ? 443 : 80)), path }
}

/** What the API server answers somebody it does not know. upstream: apiserver/pkg/endpoints/handlers/responsewriters Forbidden, its role system:public-info-viewer */
function refusal(method: string, path: string): { readonly status: string, readonly body: string } {
  if (/^\/(?:healthz|livez|readyz)$/.test(path))
    return { status: '200 OK', body: 'ok' }
  const [, group = '', namespace, resource, name] = /^\/api(?:\/v1|s\/([\w.-]+)\/\w+)(?:\/namespaces\/([\w-]+))?\/(\w+)(?:\/([\w.-]+))?$/.exec(path) ?? []
  const verb = ({ POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' } as Record<string, string>)[method] ?? 'get'
  const what = resource
    ? `${resource}${group && `.${group}`}${name ? ` "${name}"` : ''} is forbidden: User "system:anonymous" cannot ${verb === 'get' && !name ? 'list' : verb} resource "${resource}" in API group "${group}" ${namespace ? `in the namespace "${namespace}"` : 'at the cluster scope'}`
    : `forbidden: User "system:anonymous" cannot ${method.toLowerCase()} path "${path}"`
  const details = resource ? { ...name && { name }, ...group && { group }, kind: resource } : {}
  return { status: '403 Forbidden', body: `${JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: what, reason: 'Forbidden', details, code: 403 }, null, 2)}\n` }
}

/** ms that the API server takes */
const API_MS = 4

/** What the Service of the API server answers, which has no Pods; undefined where another is asked. */
function apiServer(where: Where, { scheme, host, port, path }: Url, method: string): Answer | undefined {
  const { metadata, spec } = serviceAt(where, host) ?? {}
  if (metadata?.namespace !== 'default' || metadata.name !== 'kubernetes' || port !== 443)
    return undefined
  const { status, body } = scheme === 'https' ? refusal(method, path) : { status: '400 Bad Request', body: 'Client sent an HTTP request to an HTTPS server.\n' }
  const headers = scheme === 'https' ? [`HTTP/1.1 ${status}`, `Content-Type: ${status.startsWith('403') ? 'application/json' : 'text/plain; charset=utf-8'}`, `Content-Length: ${body.length}`] : [`HTTP/1.0 ${status}`]
  return { outcome: status.startsWith('2') ? 'ok' : 'error', ms: API_MS, ip: spec?.clusterIP ?? '', status, body, headers, secure: true }
}

/** What nginx says of a path that it has no page for. upstream: ngx_http_error_404_page, without its version */
const NOT_FOUND = '<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n'

/** Asks; undefined where the name is nobody's. */
function fetchFrom(where: Where, url: Url, method = 'GET'): Answer | undefined {
  const { io } = where
  const { host, port } = url
  const api = apiServer(where, url, method)
  if (api)
    return api
  const found = lookUp(where, host, port)
  if (!found)
    return undefined
  // an address that is nobody's: the packet is lost
  const { outcome, ms, pod = '', paths } = 'node' in found.to || 'service' in found.to ? attempt(io.world, found.to, io.now, io.random, where.pod.spec.nodeName) : { outcome: 'timeout' as const, ms: Infinity, paths: undefined }
  if (outcome === 'ok' && !hasPage({ paths }, url.path))
    return { outcome: 'error', ms, ip: found.ip, status: '404 Not Found', body: NOT_FOUND, headers: ['HTTP/1.1 404 Not Found', 'Server: nginx', 'Content-Type: text/html', `Content-Length: ${NOT_FOUND.length}`] }
  const [status, body] = outcome === 'error' ? ['500 Internal Server Error', 'Internal Server Error\n'] : ['200 OK', `Hello from ${pod}\n`]
  return { outcome, ms, ip: found.ip, status, body, headers: [`HTTP/1.1 ${status}`, 'Content-Type: text/plain', `Content-Length: ${body.length}`] }
}

const answered = ({ outcome }: Answer) => outcome === 'ok' || outcome === 'error'

const CURL = {
  'silent': ['s'], 'show-error': ['S'], 'include': ['i'], 'head': ['I'], 'verbose': ['v'], 'location': ['L'], 'fail': ['f'], 'insecure': ['k'], 'globoff': ['g'], 'no-buffer': ['N'], 'ipv4': ['4'], 'http1.1': [''],
  'max-time': ['m', true], 'connect-timeout': ['', true], 'output': ['o', true], 'write-out': ['w', true], 'request': ['X', true], 'header': ['H', true], 'user-agent': ['A', true],
} as const satisfies Record<string, readonly [string, boolean?]>

/** What the real one has, and this one has not. */
const OTHERS = 'aBbCcDdEeFGhJjKlMnOPpQqRrTtUuVxYyZz0126#:'
const LONG_OTHERS = 'data data-raw form user cookie cookie-jar referer proxy retry retry-delay retry-all-errors http2 http3 compressed cacert cert key resolve upload-file range remote-name json get url-query help version next parallel'

export function curl(where: Where, words: readonly string[]): Said {
  const { on, words: urls, unknown, missing } = take(words, CURL)
  const more = 'curl: try \'curl --help\' or \'curl --manual\' for more information\n'
  if (unknown)
    return { error: (unknown[1] === '-' ? LONG_OTHERS.split(' ').includes(unknown.slice(2).split('=')[0]!) : OTHERS.includes(unknown[1]!)) ? `curl: option ${unknown}: not in this small curl\n` : `curl: option ${unknown}: is unknown\n${more}`, exit: 2 }
  if (missing)
    return { error: `curl: option ${missing}: requires parameter\n${more}`, exit: 2 }
  for (const name of ['max-time', 'connect-timeout']) {
    if (on.has(name) && !/^\d+(?:\.\d+)?$/.test(on.get(name)!))
      return { error: `curl: option ${name === 'max-time' ? '-m' : '--connect-timeout'}: expected a proper numerical parameter\n${more}`, exit: 2 }
  }
  if (!urls.length)
    return { error: `curl: (2) no URL specified\n${more}`, exit: 2 }
  const all = urls.slice(0, 20).map(url => curlOne(where, url, on))
  return { out: all.map(each => each.out ?? '').join(''), error: all.map(each => each.error ?? '').join(''), exit: all.at(-1)!.exit, after: all.reduce((sum, each) => sum + (each.after ?? 0), 0) }
}

function curlOne(where: Where, text: string, on: ReadonlyMap<string, string>): Said {
  const quiet = on.has('silent') && !on.has('show-error')
  const url = readUrl(text)
  const written = (answer?: Answer, ms = 0) => (on.get('write-out') ?? '').replaceAll('\\n', '\n').replaceAll('\\t', '\t').replace(/%\{(\w+)\}/g, (_, name: string) => ({
    http_code: answer && answered(answer) ? answer.status.slice(0, 3) : '000', response_code: answer && answered(answer) ? answer.status.slice(0, 3) : '000', time_total: (ms / 1000).toFixed(6), remote_ip: answer && answered(answer) ? answer.ip : '', size_download: String(answer && answered(answer) ? answer.body.length : 0),
  } as Record<string, string>)[name] ?? '')
  const bad = (code: number, message: string, log = '', answer?: Answer, after = 0): Said => ({ out: written(answer, after), error: log + (quiet ? '' : `curl: (${code}) ${message}\n`), exit: code, after })
  if (!url)
    return bad(3, 'URL rejected: Malformed input to a URL function')
  if (url.port > 65_535)
    return bad(3, 'URL rejected: Port number was not a decimal number between 0 and 65535')
  const { host, port, path, scheme } = url
  const method = on.get('request') ?? (on.has('head') ? 'HEAD' : 'GET')
  const answer = fetchFrom(where, url, method)
  const verbose = on.has('verbose')
  if (!answer || answer.outcome === 'unknown')
    return bad(6, `Could not resolve host: ${host}`, verbose ? `* Could not resolve host: ${host}\n* Closing connection\n` : '')
  const { outcome, ms, ip, headers, body, status } = answer
  const trying = verbose ? `*   Trying ${ip}:${port}...\n` : ''
  if (outcome === 'refused')
    return bad(7, `Failed to connect to ${host} port ${port} after ${ms} ms: Couldn't connect to server`, verbose ? `${trying}* connect to ${ip} port ${port} failed: Connection refused\n* Closing connection\n` : '', answer)
  const most = on.has('max-time') ? Number(on.get('max-time')) * 1000 : Infinity
  const connect = Math.min(most, on.has('connect-timeout') ? Number(on.get('connect-timeout')) * 1000 : Infinity, GIVES_UP)
  if (!answered(answer)) {
    const told = connect === most ? `Connection timed out after ${most + 1} milliseconds` : connect === GIVES_UP ? `Failed to connect to ${host} port ${port} after ${GIVES_UP} ms: Couldn't connect to server` : `Failed to connect to ${host} port ${port} after ${connect + 1} ms: Timeout was reached`
    return bad(28, told, trying, answer, connect)
  }
  if (answer.secure && scheme === 'https' && !on.has('insecure'))
    return bad(60, 'SSL certificate problem: unable to get local issuer certificate', trying, answer)
  if (scheme === 'https' && !answer.secure)
    return bad(35, 'OpenSSL/3.1.4: error:0A00010B:SSL routines::wrong version number', trying, answer)
  if (ms > most)
    return bad(28, `Operation timed out after ${most + 1} milliseconds with 0 bytes received`, trying, answer, most)
  const log = verbose ? `${trying}* Connected to ${host} (${ip}) port ${port}\n> ${method} ${path} HTTP/1.1\n> Host: ${host}${port === 80 ? '' : `:${port}`}\n> User-Agent: curl/8.5.0\n> Accept: */*\n> \n${headers.map(each => `< ${each}\n`).join('')}< \n* Connection #0 to host ${host} left intact\n` : ''
  // what keeps it waiting for long is waited for
  const after = ms >= 500 ? Math.round(ms) : 0
  if (on.has('fail') && outcome === 'error')
    return bad(22, `The requested URL returned error: ${status.slice(0, 3)}`, log, answer, after)
  const head = on.has('include') || on.has('head') ? `${headers.join('\r\n')}\r\n\r\n` : ''
  return { out: `${on.has('output') ? '' : `${head}${on.has('head') ? '' : body}`}${written(answer, ms)}`, error: log, exit: 0, after }
}

const WGET = {
  'quiet': ['q'], 'server-response': ['S'], 'spider': [''], 'no-check-certificate': [''], 'continue': ['c'],
  'output-document': ['O', true], 'timeout': ['T', true], 'header': ['', true], 'user-agent': ['U', true], 'proxy': ['Y', true],
} as const satisfies Record<string, readonly [string, boolean?]>

export function wget(where: Where, words: readonly string[]): Said {
  const { on, words: urls, unknown, missing } = take(words, WGET)
  const usage = 'BusyBox v1.36.1 multi-call binary.\n\nUsage: wget [-cqS] [--spider] [-O FILE] [--header STR] [-Y on/off] [-U AGENT] [-T SEC] URL...\n'
  if (unknown || missing)
    return { error: `wget: ${unknown ? 'unrecognized option' : 'option requires an argument'}: ${(unknown ?? missing)!.replace(/^-+/, '')}\n${usage}`, exit: 1 }
  if (on.has('timeout') && !/^\d+$/.test(on.get('timeout')!))
    return { error: `wget: invalid number '${on.get('timeout')}'\n`, exit: 1 }
  if (!urls.length)
    return { error: usage, exit: 1 }
  const url = readUrl(urls[0]!)
  if (!url)
    return { error: `wget: bad address '${urls[0]}'\n`, exit: 1 }
  const { host, port, scheme } = url
  const answer = fetchFrom(where, url)
  if (!answer || answer.outcome === 'unknown')
    return { error: `wget: bad address '${host}${/:\d+/.test(urls[0]!.replace('://', '')) ? `:${port}` : ''}'\n`, exit: 1 }
  const { outcome, ms, ip, headers, body, status } = answer
  const quiet = on.has('quiet')
  const connecting = quiet ? '' : `Connecting to ${host}${port === 80 ? '' : `:${port}`} (${ip}:${port})\n`
  const bad = (message: string, after = 0): Said => ({ error: `${connecting}wget: ${message}\n`, exit: 1, after })
  if (outcome === 'refused')
    return bad(`can't connect to remote host (${ip}): Connection refused`)
  const most = on.has('timeout') ? Number(on.get('timeout')) * 1000 : PATIENCE
  if (!answered(answer))
    return most < GIVES_UP ? bad('download timed out', most) : bad(`can't connect to remote host (${ip}): Connection timed out`, GIVES_UP)
  if (scheme === 'https' && !answer.secure)
    return bad('error getting response: Connection reset by peer')
  if (ms > most)
    return bad('download timed out', most)
  const after = ms >= 500 ? Math.round(ms) : 0
  const told = on.has('server-response') ? headers.map(each => `  ${each}\n`).join('') : ''
  if (outcome === 'error')
    return { ...bad(`server returned error: HTTP/1.1 ${status}`, after), error: `${connecting}${told}wget: server returned error: HTTP/1.1 ${status}\n` }
  if (on.has('spider'))
    return { error: `${connecting}${told}${quiet ? '' : 'remote file exists\n'}`, exit: 0, after }
  const file = on.get('output-document') ?? 'index.html'
  const out = file === '-'
  const bar = `${(out ? '-' : file.slice(0, 20)).padEnd(20)} 100% |********************************|${String(body.length).padStart(6)}  0:00:00 ETA\n`
  return { out: out ? body : '', error: `${connecting}${told}${quiet ? '' : out ? `writing to stdout\n${bar}written to stdout\n` : `saving to '${file}'\n${bar}'${file}' saved\n`}`, exit: 0, after }
}
