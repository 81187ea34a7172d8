// What kubectl edit and patch make of changes, and what they say of wrong ones.
import { describe, expect, it } from 'vitest'
import { base } from '../../scenarios/base.ts'
import { strategicDifference, strategicPatch } from '../api/patch.ts'
import { createKernel, gate } from '../index.ts'
import { editorOf, terminal, terminalOf } from './index.ts'

function desk() {
  const kernel = createKernel([...base.actors, terminal()], { seed: 1, gate, world: base.world })
  const last = () => terminalOf(kernel.state).entries.at(-1)!
  const said = () => last().chunks.map(({ text }) => text).join('')
  const type = (line: string) => {
    kernel.operate({ op: 'kubectl', line })
    kernel.runUntil(kernel.state.now + 100)
    return { said: said(), exit: last().exit }
  }
  kernel.runUntil(2000)
  type('kubectl create deployment web --image=web:1 --replicas=2')
  kernel.runUntil(10_000)
  return {
    kernel,
    type,
    web: () => kernel.api.get('Deployment', 'default', 'web')!,
    text: () => editorOf(terminalOf(kernel.state).waiting)?.text ?? '',
    close(text: string) {
      kernel.operate({ op: 'edited', text })
      return { said: said(), exit: last().exit }
    },
  }
}

describe('an object that is edited', () => {
  it('may not become another', () => {
    for (const [from, to] of [['\n  name: web\n', '\n  name: shop\n'], ['kind: Deployment', 'kind: ReplicaSet'], ['apiVersion: apps/v1', 'apiVersion: apps/v2']] as const) {
      const { type, text, close, web } = desk()
      type('kubectl edit deployment web')
      expect(close(text().replace(from, to))).toMatchObject({ said: expect.stringMatching(/^A copy of your changes has been stored to "\/tmp\/kubectl-edit-\d+\.yaml"\nerror: At least one of apiVersion, kind and name was changed\n$/) as string, exit: 1 })
      expect(web().metadata.generation).toBe(1)
    }
  })

  it('opens again with what is wrong above, and what is right in it is not lost', () => {
    const { type, text, close, web } = desk()
    type('kubectl edit deployment web')
    const wrong = text().replace('replicas: 2', 'replicas: -2').replace('image: web:1', 'image: web:2')
    expect(close(wrong)).toEqual({ said: 'error: deployments.apps "web" is invalid\n', exit: undefined })
    expect(text()).toContain('# reopened with the relevant failures.\n#\n# deployments.apps "web" was not valid:\n# * spec.replicas: Invalid value: -2: must be greater than or equal to 0\n#\napiVersion')
    expect(close(text().replace('replicas: -2', 'replicas: 3'))).toMatchObject({ said: expect.stringContaining('deployment.apps/web edited\n') as string, exit: 0 })
    expect([web().spec.replicas, web().spec.template.spec.containers[0]!.image]).toEqual([3, 'web:2'])
  })

  it('is given up where nothing better is saved, or nothing at all', () => {
    const { type, text, close } = desk()
    type('kubectl edit deployment web')
    close(text().replace('replicas: 2', 'replicas: -2'))
    expect(close(text())).toMatchObject({ said: expect.stringMatching(/error: Edit cancelled, no valid changes were saved\.\n$/) as string, exit: 1 })
    type('kubectl edit deployment web')
    expect(close(text())).toEqual({ said: 'Edit cancelled, no changes made.\n', exit: 0 })
    type('kubectl edit deployment web')
    close(`${text()}\n: {`)
    expect(text()).toContain('# The edited file had a syntax error: ')
  })

  it('keeps what others changed meanwhile, in other items of a list as well', () => {
    const { kernel, type, text, close, web } = desk()
    type('kubectl edit deployment web')
    const open = text()
    const { template } = web().spec
    kernel.api.update('Deployment', { ...web(), spec: { ...web().spec, replicas: 4, template: { ...template, spec: { ...template.spec, containers: [...template.spec.containers, { name: 'side', image: 'app:1' }] } } } } as never, 'other')
    expect(close(open.replace('image: web:1', 'image: web:2'))).toMatchObject({ exit: 0 })
    expect([web().spec.replicas, web().spec.template.spec.containers.map(each => each.image).sort()]).toEqual([4, ['app:1', 'web:2']])
  })

  it('is told by its difference: a strategic patch of it makes the one of the other', () => {
    const pod = (containers: object[], more = {}) => ({ metadata: { labels: { a: '1' }, finalizers: ['x/y', 'z/z'], ...more }, spec: { containers } })
    const one = pod([{ name: 'a', image: 'a:1', env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }] }, { name: 'b', image: 'b:1' }])
    for (const other of [one, pod([{ name: 'b', image: 'b:2' }]), pod([{ name: 'b', image: 'b:1' }, { name: 'a', image: 'a:1', env: [{ name: 'B', value: '3' }] }]), pod([{ name: 'c', image: 'c:1' }, ...one.spec.containers], { labels: { b: '2' }, finalizers: ['z/z'] })]) {
      for (const [from, to] of [[one, other], [other, one]])
        expect(strategicPatch('Pod', from as never, strategicDifference('Pod', from as never, to as never))).toEqual(to)
    }
  })
})

describe('a change that is recorded', () => {
  it('is told by its command in the history, and that this will go', () => {
    const { kernel, type, web } = desk()
    expect(type('kubectl set image deployment/web web=web:2 --record')).toEqual({ said: 'Flag --record has been deprecated, --record will be removed in the future\ndeployment.apps/web image updated\n', exit: 0 })
    expect(web().metadata.annotations!['kubernetes.io/change-cause']).toBe('kubectl set image deployment/web web=web:2 --record=true')
    kernel.runUntil(kernel.state.now + 5000)
    expect(type('kubectl rollout history deployment web').said).toMatch(/\n2 +kubectl set image deployment\/web web=web:2 --record=true\n/)
  })
})

describe('a patch', () => {
  it('with a field that nobody knows is done without it, and warned of', () => {
    const { type, web } = desk()
    expect(type(`kubectl patch deployment web -p '{"spec":{"nope":1}}'`)).toEqual({ said: 'Warning: unknown field "spec.nope"\ndeployment.apps/web patched (no change)\n', exit: 0 })
    expect(type(`kubectl patch deployment web --type=merge -p '{"spec":{"replicas":3,"template":{"nope":1}}}'`)).toEqual({ said: 'Warning: unknown field "spec.template.nope"\ndeployment.apps/web patched\n', exit: 0 })
    expect(web().spec.replicas).toBe(3)
  })

  it('with a value of a wrong type is refused in the words of its kind of patch', () => {
    const { type } = desk()
    expect(type(`kubectl patch deployment web -p '{"spec":{"replicas":"x"}}'`)).toMatchObject({ said: expect.stringContaining('unrecognized type: int32') as string, exit: 1 })
    expect(type(`kubectl patch deployment web -p '{"metadata":{"labels":{"a":1}}}'`).said).toContain('cannot convert int64 to string')
    expect(type(`kubectl patch deployment web --type=merge -p '{"spec":{"replicas":"x"}}'`).said).toContain('json: cannot unmarshal string into Go struct field')
  })
})

describe('a field that nobody knows', () => {
  it('is refused by an editor, which opens again, unless --validate says otherwise', () => {
    const { type, text, close, web } = desk()
    type('kubectl edit deployment web')
    expect(close(text().replace('  replicas: 2\n', '  repliccas: 3\n'))).toEqual({ said: 'error: deployments.apps "web" is invalid\n', exit: undefined })
    expect(text()).toMatch(/# deployments\.apps "web" was not valid:\n# \* patch: Invalid value: .*strict decoding error: unknown field "spec\.repliccas"/)
    expect(web().spec.replicas).toBe(2)
    expect(close(text().replace('  repliccas: 3\n', '  replicas: 3\n'))).toMatchObject({ exit: 0 })
    expect(web().spec.replicas).toBe(3)
    type('kubectl edit deployment web --validate=warn')
    expect(close(text().replace('  replicas: 3\n', '  replicas: 3\n  nope: 1\n')).said).toContain('Warning: unknown field "spec.nope"\n')
    expect(type('kubectl edit deployment web --validate=perhaps')).toMatchObject({ said: expect.stringContaining('invalid - validate option "perhaps"') as string, exit: 1 })
  })
})

describe('a patch whose quotes the shell took', () => {
  it('is no JSON, which the API server says, and changes nothing', () => {
    const { type, web } = desk()
    expect(type('kubectl patch deployment web -p {"spec":{"replicas":3}}')).toEqual({ said: 'Error from server (BadRequest): invalid character \'s\' looking for beginning of object key string\n', exit: 1 })
    expect(type('kubectl patch deployment web -p \'{"spec":\'')).toEqual({ said: 'Error from server (BadRequest): unexpected end of JSON input\n', exit: 1 })
    expect(type('kubectl patch deployment web -p \'spec: {replicas: 3}\'').exit).toBe(0)
    expect(web().spec.replicas).toBe(3)
  })
})
