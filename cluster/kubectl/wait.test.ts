// kubectl wait: what it waits for, in which order, and what it says when that does not come.
import { describe, expect, it } from 'vitest'
import { terminalOf } from './index.ts'
import { applied, cluster, type } from '../../tests/lib/typed.ts'

const config = (name: string, labels = '{}') => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  labels: ${labels}\n`
const absent = (...names: string[]) => names.map(name => `Error from server (NotFound): configmaps "${name}" not found\n`).join('')
const TIMED_OUT = 'error: timed out waiting for the condition\n'

/** A cluster with the ConfigMaps a and b. */
function two() {
  const kernel = cluster({ 'ab.yaml': `${config('a', '{x: one}')}---\n${config('b')}`, 'ac.yaml': `${config('a')}---\n${config('c')}` })
  type(kernel, 'kubectl create -f ab.yaml')
  return kernel
}
const said = (words: string) => type(two(), `kubectl wait ${words}`)

describe('what is yet to be made', () => {
  it('is waited for where one object alone is missing, and names none when the time is over', () => {
    for (const words of ['configmap/c --timeout=1s', 'configmap/c --timeout=0', 'configmap a c --timeout=1s', 'configmap -l x=two --timeout=1s', 'pods --all --timeout=1s', 'configmap c --all --timeout=1s'])
      expect(said(`--for=create ${words}`), words).toEqual({ out: '', err: TIMED_OUT, exit: 1 })
  })

  it('fails at once where several are missing, or one that a file names', () => {
    expect(said('--for=create configmap a c d')).toEqual({ out: '', err: absent('c', 'd'), exit: 1 })
    expect(said('--for=create -f ac.yaml')).toEqual({ out: '', err: absent('c'), exit: 1 })
  })

  it('is told once all are there', () => {
    expect(said('--for=create configmap a b').out).toBe('configmap/a condition met\nconfigmap/b condition met\n')
    expect(said('--for=create configmap -l x=one --timeout=0').out).toBe('configmap/a condition met\n')
    const kernel = two()
    kernel.operate({ op: 'kubectl', line: 'kubectl wait --for=create pods --all' })
    kernel.runUntil(kernel.state.now + 700)
    kernel.api.create('Pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'default' }, spec: { containers: [{ name: 'c', image: 'nginx:1' }] } }, 'test')
    kernel.runUntil(kernel.state.now + 500)
    expect(terminalOf(kernel.state).entries.at(-1)).toMatchObject({ exit: 0, chunks: [{ text: 'pod/p condition met\n' }] })
  })
})

describe('several objects', () => {
  it('have their turn one after the other, whatever became of those before', () => {
    expect(said('configmap/c configmap/a configmap/b --for=jsonpath={.metadata.name}=b --timeout=0')).toEqual({ out: 'configmap/b condition met\n', err: `${absent('c')}condition not met for configmaps/a\n`, exit: 1 })
    expect(said('configmap a c b --for=jsonpath={.metadata}=b')).toEqual({ out: '', err: `jsonpath leads to a nested object or list which is not supported\n${absent('c')}jsonpath leads to a nested object or list which is not supported\n`, exit: 1 })
  })

  it('share one time: those whose turn comes when it is over have failed as well', () => {
    expect(said('configmap a c b --for=jsonpath={.metadata.name}=b --timeout=1s')).toEqual({ out: '', err: `timed out waiting for the condition on configmaps/a\n${absent('c')}timed out waiting for the condition on configmaps/b\n`, exit: 1 })
    expect(said('configmap b a --for=jsonpath={.metadata.name}=b --timeout=1s')).toEqual({ out: 'configmap/b condition met\n', err: 'error: timed out waiting for the condition on configmaps/a\n', exit: 1 })
  })

  it('may be gone already where they are to go', () => {
    expect(said('configmap c --for=delete')).toEqual({ out: '', err: '', exit: 0 })
    expect(said('-f ac.yaml --for=delete --timeout=1s').err).toBe('error: timed out waiting for the condition on configmaps/a\n')
  })
})

describe('what is waited for', () => {
  const FORMAT = 'error: jsonpath wait format must be --for=jsonpath=\'{.status.readyReplicas}\'=3 or --for=jsonpath=\'{.status.readyReplicas}\'\n'

  it('is parted at single equals signs', () => {
    const kernel = applied()
    type(kernel, 'kubectl wait deployment/web --for=condition=Available')
    const ready = (words: string) => type(kernel, `kubectl wait deployment/web --timeout=0 ${words}`)
    expect(ready('--for=\'jsonpath={.status.conditions[?(@.type=="Available")].status}=True\'').out).toBe('deployment.apps/web condition met\n')
    expect(ready('--for=jsonpath=.metadata.name=web').out).toBe('deployment.apps/web condition met\n')
    expect(ready('--for=jsonpath=.a=b=c').err).toBe(FORMAT)
    expect(ready('--for=jsonpath={.metadata.name}==web').err).toMatch(/^error: unexpected path string/)
  })

  it('may have quotes around its value', () => {
    for (const value of ['\'"a"\'', '"\'a\'"', '"\'\'a\'\'"', '" a "'])
      expect(said(`configmap/a --timeout=0 --for=jsonpath={.metadata.name}=${value}`).out, value).toBe('configmap/a condition met\n')
    expect(said('configmap/a --for=jsonpath={.metadata.name}="\'\'"').err).toMatch(/^error: jsonpath wait has to have a value after equal sign/)
  })

  it('is a condition by whatever name, with whatever value', () => {
    for (const condition of ['a=b=c', '', '='])
      expect(said(`configmap/a --timeout=0 --for=condition=${condition}`).err, condition).toBe('error: condition not met for configmaps/a\n')
    expect(said('configmap/a --for=Condition=x').err).toBe('error: unrecognized condition: "Condition=x"\n')
  })
})
