// kubectl run, joined to its Pod: what the command prints, how it ends, what is left.
import { describe, expect, it } from 'vitest'
import { cluster, type, wait } from '../../tests/lib/typed.ts'
import { base } from '../../scenarios/base.ts'
import { createCluster } from '../index.ts'
import { gate, terminal, terminalOf } from './index.ts'

function withWeb() {
  const kernel = cluster()
  type(kernel, 'kubectl create deployment web --image=web:1')
  type(kernel, 'kubectl expose deployment web --port=80')
  wait(kernel, 20_000)
  return kernel
}
const GONE = 'pod "t" deleted from default namespace\n'

describe('a Pod for one command', () => {
  it.each([
    ['wget -qO- http://web', /^Hello from web-\S+\n$/],
    ['curl -s http://web', /^Hello from web-\S+\n$/],
    ['sh -c "wget -qO- web && echo done"', /^Hello from web-\S+\ndone\n$/],
    ['nslookup web', /^Server:[\s\S]*Name:\tweb\.default\.svc\.cluster\.local\n/],
    ['echo hello', /^hello\n$/],
    ['hostname', /^t\n$/],
    ['sh -c "echo a; echo b"', /^a\nb\n$/],
  ])('prints what %s prints, and goes', (command, told) => {
    const kernel = withWeb()
    for (const flags of ['--rm -it', '--rm -i', '--rm --attach']) {
      const { out, err, exit } = type(kernel, `kubectl run t ${flags} --image=busybox --restart=Never -- ${command}`)
      expect({ err, exit, end: out.slice(-GONE.length) }).toEqual({ err: '', exit: 0, end: GONE })
      expect(out.slice(0, -GONE.length)).toMatch(told)
      wait(kernel, 40_000)
      expect(kernel.api.get('Pod', 'default', 't')).toBeUndefined()
    }
  })

  it('ends as its command ends', () => {
    const kernel = withWeb()
    expect(type(kernel, 'kubectl run t --rm -it --image=busybox --restart=Never -- wget -qO- http://nope')).toEqual({ out: GONE, err: expect.stringMatching(/^wget: bad address 'nope'\npod default\/t terminated \(Error\)\n$/) as string, exit: 1 })
    wait(kernel, 40_000)
    expect(type(kernel, 'kubectl run t --rm -i --image=busybox --restart=Never -- sh -c "exit 3"')).toEqual({ out: GONE, err: 'pod default/t terminated (Error)\n', exit: 3 })
    wait(kernel, 40_000)
    const { err, exit } = type(kernel, 'kubectl run t --rm -i --image=busybox --restart=Never -- foo')
    expect(err).toMatch(/^pod default\/t terminated \(StartError\)\nfailed to create containerd task: .*exec: "foo": executable file not found in \$PATH\n$/)
    expect(exit).toBe(128)
  })

  it('is joined where its command takes its time, and says so', () => {
    const notice = 'All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\nIf you don\'t see a command prompt, try pressing enter.\n'
    const kernel = withWeb()
    for (const command of ['sh -c "echo a; sleep 5; echo b"', 'sh -c "echo a; sleep 5; wget -q http://web; echo b"']) {
      expect(type(kernel, `kubectl run t --rm -it --image=busybox --restart=Never -- ${command}`)).toEqual({ out: `a\nb\n${GONE}`, err: notice, exit: 0 })
      wait(kernel, 40_000)
      expect(type(kernel, `kubectl run t --rm -itq --image=busybox --restart=Never -- ${command}`)).toEqual({ out: 'a\nb\n', err: '', exit: 0 })
      wait(kernel, 40_000)
    }
  })

  it('stays where nobody takes it away', () => {
    const kernel = withWeb()
    expect(type(kernel, 'kubectl run t -i --image=busybox --restart=Never -- wget -qO- http://nope').exit).toBe(1)
    expect(kernel.api.get('Pod', 'default', 't')!.status).toMatchObject({ phase: 'Failed', containerStatuses: [{ state: { terminated: { exitCode: 1, reason: 'Error' } } }] })
  })

  it('that is to go on is left when its command has ended; one that cannot begin is waited for a minute', () => {
    const kernel = withWeb()
    expect(type(kernel, 'kubectl run t --rm -it --image=busybox -- wget -qO- web')).toMatchObject({ out: expect.stringMatching(/^Hello from web-\S+\npod "t" deleted from default namespace\n$/) as string, err: '', exit: 0 })
    wait(kernel, 40_000)
    const began = kernel.state.now
    expect(type(kernel, 'kubectl run t --rm -it --image=busybox:nope --restart=Never -- wget -qO- web', 100_000)).toEqual({ out: GONE, err: 'error: timed out waiting for the condition\n', exit: 1 })
    expect(kernel.state.now - began).toBeGreaterThanOrEqual(60_000)
  })

  it('is refused where something is to be typed, or is not worked out here', () => {
    for (const words of ['', ' -- sh', ' -- /bin/bash', ' -- vi x', ' -- sh -c "while true; do wget -qO- web; done"'])
      expect(type(withWeb(), `kubectl run -it --rm t --image=busybox --restart=Never${words}`), words).toMatchObject({ out: '', err: expect.stringMatching(/^error: a terminal within a Pod is not there in this kubectl: /) as string, exit: 1 })
  })

  it('is the same however the run is looked at', () => {
    const scenario = { ...base, name: 'joined', duration: 60_000, actors: [...base.actors, terminal()], gate }
    const fork = createCluster(scenario, 1, []).fork(5000, { op: 'kubectl', line: 'kubectl run t -i --image=busybox --restart=Never -- sh -c "sleep 3; wget -qO- nope; exit 4"' })
    const said = (t: number) => fork.look(t, ({ state }) => terminalOf(state).entries.at(-1)!.exit)
    const hash = fork.hash(60_000)
    expect([said(7000), said(30_000), said(8000), said(60_000)]).toEqual([undefined, 4, undefined, 4])
    expect(fork.hash(60_000)).toBe(hash)
    expect(fork.twin().hash(60_000)).toBe(hash)
  })
})
