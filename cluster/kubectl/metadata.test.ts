// label, annotate, patch, taint and drain: what they say, and what may not be asked for together. upstream: kubectl v1.36 pkg/cmd/label, annotate, patch, taint, drain
import { describe, expect, it } from 'vitest'
import { applied, type } from '../../tests/lib/typed.ts'

const said = (kernel: ReturnType<typeof applied>, line: string) => {
  const { out, err } = type(kernel, `kubectl ${line}`)
  return out + err
}

describe('what was done to labels', () => {
  it('is told by their length: shorter is unlabeled, unless they may be overwritten', () => {
    const kernel = applied()
    expect(said(kernel, 'label deploy web averylongname=x')).toBe('deployment.apps/web labeled\n')
    expect(said(kernel, 'label deploy web s=t averylongname-')).toBe('deployment.apps/web unlabeled\n')
    expect(said(kernel, 'label deploy web s- --overwrite')).toBe('deployment.apps/web labeled\n')
    type(kernel, 'kubectl label deploy web stays=here')
    expect(said(kernel, 'label deploy web gone-')).toBe('label "gone" not found.\ndeployment.apps/web not labeled\n')
    expect(said(kernel, 'label deploy web gone- --dry-run=client')).toBe('deployment.apps/web not labeled (dry run)\n')
  })

  it('of several, though only one is found, is listed under its name', () => {
    const kernel = applied()
    type(kernel, 'kubectl label deploy web a=b')
    expect(said(kernel, 'label deploy web --list')).toContain('a=b\n')
    expect(said(kernel, 'label deploy --all --list')).toMatch(/^Listing labels for Deployment\.apps\/web:\n(?: .*\n)* a=b\n/)
  })

  it('in files alone asks nobody', () => {
    const kernel = applied()
    const revision = kernel.api.revision()
    expect(said(kernel, 'label -f web.yaml x=y --local -o jsonpath={.metadata.labels.x}')).toBe('y')
    expect(kernel.api.revision()).toBe(revision)
  })
})

describe('an annotation', () => {
  it('with the reason for a change may always be given anew', () => {
    const kernel = applied()
    type(kernel, 'kubectl annotate deploy web kubernetes.io/change-cause=a note=a')
    expect(said(kernel, 'annotate deploy web kubernetes.io/change-cause=b')).toBe('deployment.apps/web annotated\n')
    expect(kernel.api.get('Deployment', 'default', 'web')!.metadata.annotations).toMatchObject({ 'kubernetes.io/change-cause': 'b' })
    expect(said(kernel, 'annotate deploy web note=b')).toBe('error: --overwrite is false but found the following declared annotation(s): \'note\' already has a value (a)\n')
  })
})

describe('what cannot be asked for', () => {
  const both = 'error: when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well\n'
  it.each([
    ['label deploy --all -l a=b x=y', 'error: cannot set --all and --selector at the same time\n'],
    ['annotate deploy --all --field-selector=a=b x=y', 'error: cannot set --all and --field-selector at the same time\n'],
    ['label deploy web --list -o yaml', 'error: --list and --output may not be specified together\n'],
    ['label deploy web a=b --local', 'error: can only use local files by -f pod.yaml or --filename=pod.json when --local=true is set\n'],
    ['annotate deploy web a=b --local', 'error: can only use local files by -f rsrc.yaml or --filename=rsrc.json when --local=true is set\n'],
    ['annotate a=b --local', 'error: one or more files must be specified as -f rsrc.yaml or --filename=rsrc.json\n'],
    ['label a=b', 'error: one or more resources must be specified as <resource> <name> or <resource>/<name>\n'],
    ['annotate a=b', 'error: one or more resources must be specified as <resource> <name> or <resource>/<name>\n'],
    ['label app=web pod x', 'error: all resources must be specified before label changes: pod\n'],
    ['annotate app- pod x', 'error: all resources must be specified before annotation changes: pod\n'],
    ['taint a=b:NoSchedule', 'error: one or more resources must be specified as <resource> <name>\n'],
    ['taint a=b:NoSchedule node node-1', 'error: all resources must be specified before taint changes: node\n'],
    ...['delete --all', 'delete -l a=b', 'delete --field-selector=a=b', 'scale -l a=b --replicas=1', 'wait -l a=b --for=delete', 'set image -l a=b c=d', 'set resources -l a=b --limits=cpu=1', 'apply view-last-applied -l a=b'].map(line => [line, 'error: at least one resource must be specified to use a selector\n']),
    ...['apply', 'create', 'replace', 'delete', 'get', 'describe', 'label a=b'].map(verb => [`${verb} -f nope.yaml -f web.yaml -f nope2.yaml`, 'the path "nope.yaml" does not exist\nthe path "nope2.yaml" does not exist\n']),
    ['label deploy web -f web.yaml a=b', both],
    ['set image deploy web -f web.yaml c=d', both],
    ['scale deploy web -f web.yaml --replicas=1', both],
    ['delete deploy web -f web.yaml', both],
    ['get deploy web -f web.yaml', both],
    ['get pods --show-labels -o yaml', 'error: --show-labels option cannot be used with yaml printer\n'],
    ['get pods --show-labels -o jsonpath={.kind}', 'error: --show-labels option cannot be used with jsonpath={.kind} printer\n'],
    ['patch deploy web --patch-file nope.yaml', 'error: unable to read patch file: open nope.yaml: no such file or directory\n'],
    ['patch deploy web --type=merge -p {bad', 'Error from server (BadRequest): error decoding patch: invalid character \'b\' looking for beginning of object key string\n'],
    ['patch deploy web --type=json -p [bad', 'Error from server (BadRequest): error decoding patch: invalid character \'b\' looking for beginning of value\n'],
    ['patch deploy web -p {bad', 'Error from server (BadRequest): invalid character \'b\' looking for beginning of object key string\n'],
    ['taint nodes w=x:NoSchedule', 'error: at least one resource name must be specified since \'all\' parameter is not set\n'],
    ['taint foo node-1 a=b:NoSchedule', 'the server doesn\'t have a resource type "foo"\n'],
    ['taint node/node-2 q-', 'the server doesn\'t have a resource type "node/node-2"\n'],
    ['taint nodes --all -l a=b q:NoSchedule', 'error: setting \'all\' parameter with a non empty selector is prohibited\n'],
    ['drain node-1 --pod-selector=\'a in\'', 'error: --pod-selector=<pod_selector> must be a valid label selector\n'],
  ])('%s', (line, told) => {
    const kernel = applied()
    const revision = kernel.api.revision()
    expect(type(kernel, `kubectl ${line}`)).toEqual({ out: '', err: told, exit: 1 })
    expect(kernel.api.revision()).toBe(revision)
  })

  it('a boolean for who goes first is warned of', () => {
    expect(type(applied(), 'kubectl delete deploy web --cascade=false').err).toBe('warning: --cascade=false is deprecated (boolean value) and can be replaced with --cascade=orphan.\n')
  })

  it('of a patch without a type is nothing: it is strategic', () => {
    expect(said(applied(), 'patch deploy web --type= -p \'{"spec":{"replicas":3}}\'')).toBe('deployment.apps/web patched\n')
  })
})
