// What is run in a container: whom it reaches, what it says, how long it takes.
import { describe, expect, it } from 'vitest'
import { base } from '../../../scenarios/base.ts'
import { createKernel, gate } from '../../index.ts'
import type { Kernel } from '../../index.ts'
import { terminal, terminalOf } from '../index.ts'

function cluster(...lines: string[]): Kernel {
  const kernel = createKernel([...base.actors, terminal()], { seed: 1, gate, world: base.world })
  for (const line of ['kubectl create deployment web --image=web:1', 'kubectl expose deployment web --port=80', 'kubectl run me --image=app:1', ...lines]) {
    kernel.runUntil(kernel.state.now + 500)
    kernel.operate({ op: 'kubectl', line })
  }
  kernel.runUntil(kernel.state.now + 30_000)
  return kernel
}

/** What a command says in the Pod `me`, its exit code, and the seconds it takes. */
function inside(kernel: Kernel, command: string, pod = 'me') {
  const began = kernel.state.now
  kernel.operate({ op: 'kubectl', line: `kubectl exec ${pod} -- ${command}` })
  while (terminalOf(kernel.state).waiting && kernel.state.now < began + 200_000)
    kernel.runUntil(kernel.state.now + 100)
  const { chunks, exit } = terminalOf(kernel.state).entries.at(-1)!
  const text = (to: string) => chunks.filter(chunk => chunk.to === to).map(chunk => chunk.text).join('').replace(/command terminated.*\n$/, '')
  return { out: text('stdout'), err: text('stderr'), exit, took: Math.round((kernel.state.now - began) / 1000) }
}
const HELLO = /^Hello from web-\w+-\w+\n$/

describe('a request from within a Pod', () => {
  it('reaches a Service by the port that it has, and is lost at one that it has not', () => {
    const kernel = cluster()
    expect(inside(kernel, 'curl http://web')).toMatchObject({ out: expect.stringMatching(HELLO) as string, exit: 0, took: 0 })
    expect(inside(kernel, 'curl http://web.default.svc.cluster.local:80/a')).toMatchObject({ exit: 0 })
    // no rule leads anywhere: nobody answers
    expect(inside(kernel, 'curl -m 2 http://web:9999')).toEqual({ out: '', err: 'curl: (28) Connection timed out after 2001 milliseconds\n', exit: 28, took: 2 })
    expect(inside(kernel, 'wget -qO- -T 3 http://web:9999')).toEqual({ out: '', err: 'wget: download timed out\n', exit: 1, took: 3 })
    expect(inside(kernel, 'curl http://web:9999')).toMatchObject({ exit: 28, took: 127 })
  })

  it('is refused where the Service leads to a port on which its program does not listen', () => {
    const kernel = cluster('kubectl expose deployment web --port=80 --target-port=8080 --name=wrong', 'kubectl expose deployment web --port=8080 --target-port=80 --name=right')
    expect(inside(kernel, 'curl http://wrong')).toMatchObject({ err: 'curl: (7) Failed to connect to wrong port 80 after 2 ms: Couldn\'t connect to server\n', exit: 7, took: 0 })
    expect(inside(kernel, 'wget -qO- http://wrong').err).toMatch(/^wget: can't connect to remote host \(10\.\d+\.[\d.]+\): Connection refused\n$/)
    expect(inside(kernel, 'curl http://right:8080').out).toMatch(HELLO)
    expect(inside(kernel, 'curl localhost:1234', 'deploy/web')).toMatchObject({ exit: 7 })
    expect(inside(kernel, 'curl localhost', 'deploy/web').out).toMatch(HELLO)
  })

  it('is refused where no Pod of the Service is ready, and by a Pod that has just begun', () => {
    const kernel = cluster('kubectl create service clusterip nobody --tcp=80:80')
    expect(inside(kernel, 'curl http://nobody')).toMatchObject({ exit: 7 })
    expect(inside(kernel, 'curl http://nobody-at-all')).toMatchObject({ err: 'curl: (6) Could not resolve host: nobody-at-all\n', exit: 6 })
  })

  it('is answered with an error by a program that is broken', () => {
    const kernel = cluster('kubectl set image deployment/web web=web:3')
    expect(inside(kernel, 'curl -s http://web')).toMatchObject({ out: 'Internal Server Error\n', exit: 0 })
    expect(inside(kernel, 'curl -f http://web')).toMatchObject({ out: '', err: 'curl: (22) The requested URL returned error: 500\n', exit: 22 })
    expect(inside(kernel, 'wget -qO- http://web')).toMatchObject({ err: 'wget: server returned error: HTTP/1.1 500 Internal Server Error\n', exit: 1 })
  })

  it('finds at nginx the pages of its image, and no others', () => {
    const kernel = cluster('kubectl create deployment ng --image=nginx:1.29', 'kubectl expose deployment ng --port=80')
    for (const path of ['', '/', '/index.html', '/?a=b', '/50x.html'])
      expect(inside(kernel, `curl -s -o /dev/null -w %{http_code} http://ng${path}`).out, path).toBe('200')
    expect(inside(kernel, 'curl -s http://ng/healthz')).toMatchObject({ out: expect.stringMatching(/^<html>\r\n<head><title>404 Not Found<\/title>/) as string, exit: 0 })
    expect(inside(kernel, 'curl -sI http://ng/healthz').out).toMatch(/^HTTP\/1\.1 404 Not Found\r\nServer: nginx\r\n/)
    expect(inside(kernel, 'curl -f http://ng/healthz')).toMatchObject({ out: '', err: 'curl: (22) The requested URL returned error: 404\n', exit: 22 })
    expect(inside(kernel, 'wget -qO- http://ng/healthz')).toMatchObject({ err: 'wget: server returned error: HTTP/1.1 404 Not Found\n', exit: 1 })
    expect(inside(kernel, 'curl -s http://web/healthz').out).toMatch(HELLO)
  })

  it('reaches the API server over TLS alone, which knows nobody who comes without a token', () => {
    const kernel = cluster()
    expect(inside(kernel, 'curl https://kubernetes')).toMatchObject({ err: 'curl: (60) SSL certificate problem: unable to get local issuer certificate\n', exit: 60 })
    expect(inside(kernel, 'curl -s http://kubernetes.default:443/')).toMatchObject({ out: 'Client sent an HTTP request to an HTTPS server.\n', exit: 0 })
    expect(inside(kernel, 'curl -ks https://kubernetes/livez').out).toBe('ok')
    const said = (path: string, method = 'GET') => JSON.parse(inside(kernel, `curl -ksX ${method} https://kubernetes.default.svc${path}`).out) as { message: string, code: number, details: object }
    expect(said('/')).toMatchObject({ message: 'forbidden: User "system:anonymous" cannot get path "/"', code: 403, details: {} })
    expect(said('/api/v1/namespaces/default/pods')).toMatchObject({ message: 'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" in the namespace "default"', details: { kind: 'pods' } })
    expect(said('/apis/apps/v1/namespaces/default/deployments/web', 'DELETE')).toMatchObject({ message: 'deployments.apps "web" is forbidden: User "system:anonymous" cannot delete resource "deployments" in API group "apps" in the namespace "default"', details: { name: 'web', group: 'apps', kind: 'deployments' } })
    expect(said('/api/v1/nodes')).toMatchObject({ message: 'nodes is forbidden: User "system:anonymous" cannot list resource "nodes" in API group "" at the cluster scope' })
    expect(inside(kernel, 'wget -qO- https://kubernetes')).toMatchObject({ err: 'wget: server returned error: HTTP/1.1 403 Forbidden\n', exit: 1 })
    // what has no TLS is no API server
    expect(inside(kernel, 'curl -ks https://web:80').exit).toBe(35)
  })

  it('is lost at a machine without power, and answered by one that is only cut off from the control plane', () => {
    for (const [op, exit] of [['stopMachine', 28], ['cutMachine', 0]] as const) {
      const kernel = cluster()
      const node = (name: string) => kernel.api.list('Pod').find(each => each.metadata.name.startsWith(name))!.spec.nodeName
      expect(node('me')).not.toBe(node('web'))
      kernel.operate({ op, node: node('web') })
      expect(inside(kernel, 'curl -m 2 http://web')).toMatchObject({ exit })
      expect(inside(kernel, 'hostname', 'deploy/web')).toMatchObject({ err: expect.stringMatching(/^Error from server: error dialing backend: dial tcp 172\.18\.0\.\d:10250: /) as string, exit: 1 })
    }
  })
})

describe('curl and wget', () => {
  const kernel = cluster()
  it.each(['curl -m 2 http://web', 'curl -sS --max-time 2 --connect-timeout 1 web', 'curl -X GET -H a:b http://web', 'curl -sSLm2 web', 'curl -m2 -s web', 'wget -qO- -T 2 http://web', 'wget -q -O - --timeout=2 web'])('take the values of options for what they are: %s', (line) => {
    expect(inside(kernel, line)).toMatchObject({ out: expect.stringMatching(HELLO) as string, err: '', exit: 0 })
  })

  it('say which option they have not', () => {
    expect(inside(kernel, 'curl --frob http://web')).toMatchObject({ err: 'curl: option --frob: is unknown\ncurl: try \'curl --help\' or \'curl --manual\' for more information\n', exit: 2 })
    expect(inside(kernel, 'curl -d a=b http://web')).toMatchObject({ err: 'curl: option -d: not in this small curl\n', exit: 2 })
    expect(inside(kernel, 'curl http://web -m').err).toContain('curl: option -m: requires parameter')
    expect(inside(kernel, 'wget -Z http://web')).toMatchObject({ err: expect.stringContaining('wget: unrecognized option: Z\n') as string, exit: 1 })
  })

  it('write what they are asked to', () => {
    expect(inside(kernel, 'curl -s -o /dev/null -w "%{http_code}\\n" http://web').out).toBe('200\n')
    expect(inside(kernel, 'curl -sI http://web').out).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(inside(kernel, 'curl -s http://nope')).toMatchObject({ out: '', err: '', exit: 6 })
    expect(inside(kernel, 'wget http://web').err).toContain('\'index.html\' saved\n')
    expect(inside(kernel, 'wget --spider http://web').err).toContain('remote file exists\n')
  })
})

describe('a shell in a container', () => {
  const kernel = cluster()
  it('runs one command after the other, and loops over words', () => {
    expect(inside(kernel, `sh -c 'for i in 1 2 3; do echo "$i"; curl -s web; done'`).out).toMatch(/^1\nHello.*\n2\nHello.*\n3\nHello.*\n$/)
    expect(inside(kernel, `sh -c 'for i in $(seq 1 4); do sleep 1; done; date'`)).toMatchObject({ exit: 0, took: 4 })
    expect(inside(kernel, `sh -c 'curl -s nope || echo no; true && echo yes'`).out).toBe('no\nyes\n')
    expect(inside(kernel, `sh -c 'curl -s web | wc -l'`).out).toBe('1\n')
    expect(inside(kernel, `sh -c 'exit 3; echo never'`)).toMatchObject({ out: '', exit: 3 })
  })

  it('says what it has not', () => {
    expect(inside(kernel, `sh -c 'ping web; echo on'`)).toMatchObject({ out: 'on\n', err: 'sh: ping: not found\n', exit: 0 })
    expect(inside(kernel, `sh -c 'ping web'`)).toMatchObject({ exit: 127 })
    expect(inside(kernel, `sh -c 'while true; do sleep 1; done'`)).toMatchObject({ err: 'sh: while: not in this shell\n', exit: 2, took: 0 })
    expect(inside(kernel, `sh -c 'echo $(hostname)'`)).toMatchObject({ out: '', err: 'sh: $( ) and backticks are not there in this shell: type that command by itself, or pipe what it prints into xargs\n', exit: 2 })
    expect(inside(kernel, `sh -c 'for i in 1 2; do for j in 1 2; do echo $i; done; done'`)).toMatchObject({ err: 'sh: for: not in this shell\n', exit: 2 })
    // what the runtime calls the attempt hangs on what is attempted, and on nothing else
    const said = inside(kernel, 'ping web').err
    expect(said).toMatch(/^error: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "[\da-f]{64}": OCI runtime exec failed: exec failed: unable to start container process: exec: "ping": executable file not found in \$PATH: unknown\n$/)
    expect(inside(kernel, 'ping web').err).toBe(said)
    expect(inside(kernel, 'ping api').err).not.toBe(said)
  })

  it('ends with its container', () => {
    const mine = cluster()
    mine.operate({ op: 'kubectl', line: 'kubectl exec me -- sleep 20' })
    mine.runUntil(mine.state.now + 1000)
    mine.operate({ op: 'killContainer', pod: 'me' })
    mine.runUntil(mine.state.now + 30_000)
    expect(terminalOf(mine.state).entries.at(-1)).toMatchObject({ exit: 137 })
  })

  it('finds the Services that were there when its container began, and no later ones', () => {
    const env = inside(kernel, 'env').out.split('\n')
    const ip = kernel.api.get('Service', 'default', 'web')!.spec.clusterIP!
    expect(env).toEqual(expect.arrayContaining(['KUBERNETES_SERVICE_HOST=10.96.0.1', 'KUBERNETES_SERVICE_PORT_HTTPS=443', `WEB_SERVICE_HOST=${ip}`, 'WEB_SERVICE_PORT=80', `WEB_PORT=tcp://${ip}:80`, `WEB_PORT_80_TCP=tcp://${ip}:80`, 'WEB_PORT_80_TCP_PROTO=tcp', 'WEB_PORT_80_TCP_PORT=80', `WEB_PORT_80_TCP_ADDR=${ip}`]))
    expect(inside(kernel, `sh -c 'curl -s "http://$WEB_SERVICE_HOST:$WEB_SERVICE_PORT"'`).out).toMatch(HELLO)
    kernel.operate({ op: 'kubectl', line: 'kubectl expose deployment web --port=80 --name=late' })
    expect(inside(kernel, 'env').out).not.toContain('LATE_SERVICE_HOST')
  })
})

describe('files of a container', () => {
  it('are listed where they are: the root, a directory, a file, several of them, and not what is not there', () => {
    const kernel = cluster()
    expect(inside(kernel, 'ls').out.split('\n')).toContain('etc')
    expect(inside(kernel, 'ls /').out).toBe(inside(kernel, 'ls').out)
    expect(inside(kernel, 'ls -1 /etc/').out).toBe('hostname\nhosts\nresolv.conf\n')
    expect(inside(kernel, 'ls /tmp')).toMatchObject({ out: '', err: '', exit: 0 })
    expect(inside(kernel, 'ls /etc /etc/hosts /nowhere')).toMatchObject({ out: '/etc/hosts\n\n/etc:\nhostname\nhosts\nresolv.conf\n', err: 'ls: /nowhere: No such file or directory\n', exit: 1 })
    expect(inside(kernel, 'ls -l')).toMatchObject({ out: '', err: 'ls: unrecognized option: l\n', exit: 1 })
  })

  it('are read by any path that leads to them; a directory is none', () => {
    const kernel = cluster()
    expect(inside(kernel, 'cat etc/../etc/./hostname').out).toBe('me\n')
    expect(inside(kernel, 'cat /etc')).toMatchObject({ err: 'cat: read error: Is a directory\n', exit: 1 })
    for (const name of inside(kernel, 'ls /etc').out.trim().split('\n'))
      expect(inside(kernel, `cat /etc/${name}`)).toMatchObject({ exit: 0 })
  })
})
