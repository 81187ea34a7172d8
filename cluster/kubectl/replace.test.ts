// What replaces an object, what is asked of kinds that hold nothing, and files that hold no object.
import { describe, expect, it } from 'vitest'
import { applied, cluster, deployment, help, type, wait } from '../../tests/lib/typed.ts'

const NONE = 'No resources found in default namespace.\n'
const config = (name: string, value: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  a: ${value}\n`

describe('kubectl replace', () => {
  it('puts what the file says in the place of what is there, and what the file leaves out is gone', () => {
    const kernel = cluster({ 'web.yaml': deployment(), 'three.yaml': deployment().replace('replicas: 2', 'replicas: 3') })
    type(kernel, 'kubectl apply -f web.yaml && kubectl annotate deployment web mine=yes')
    expect(type(kernel, 'kubectl replace -f three.yaml')).toEqual({ out: 'deployment.apps/web replaced\n', err: '', exit: 0 })
    const { metadata, spec } = kernel.api.get('Deployment', 'default', 'web')!
    expect(spec.replicas).toBe(3)
    expect(metadata.annotations ?? {}).not.toHaveProperty('mine')
    expect(type(kernel, 'cat web.yaml | kubectl replace -f - -o name').out).toBe('deployment.apps/web\n')
    expect(type(kernel, 'kubectl replace -f three.yaml --save-config -o jsonpath={.metadata.annotations}').out).toContain('last-applied-configuration')
  })

  it('goes through all documents, and tells each that is not there', () => {
    const kernel = cluster({ 'a.yaml': config('a', 'one'), 'all.yaml': ['a', 'gone', 'b'].map(name => config(name, 'two')).join('---\n') })
    type(kernel, 'kubectl create -f a.yaml && kubectl create configmap b')
    expect(type(kernel, 'kubectl replace -f all.yaml')).toEqual({
      out: 'configmap/a replaced\nconfigmap/b replaced\n',
      err: 'Error from server (NotFound): error when replacing "all.yaml": configmaps "gone" not found\n',
      exit: 1,
    })
    expect(kernel.api.get('ConfigMap', 'default', 'a')!.data).toEqual({ a: 'two' })
  })

  it('makes a Service that is not there, as the API server does with a write of one', () => {
    const kernel = cluster({ 's.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: s\nspec:\n  ports:\n  - port: 80\n' })
    expect(type(kernel, 'kubectl replace -f s.yaml').out).toBe('service/s replaced\n')
    const { clusterIP } = kernel.api.get('Service', 'default', 's')!.spec
    expect(type(kernel, 'kubectl replace -f s.yaml').out).toBe('service/s replaced\n')
    expect(kernel.api.get('Service', 'default', 's')!.spec.clusterIP).toBe(clusterIP)
  })

  it('leaves a namespace what it waits for, whatever the file says of it', () => {
    const kernel = cluster({ 'x.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: x\n  labels:\n    a: b\n' })
    const spec = () => kernel.api.get('Namespace', '', 'x')!.spec
    type(kernel, 'kubectl create namespace x')
    const before = spec()
    expect(type(kernel, 'kubectl replace -f x.yaml').out).toBe('namespace/x replaced\n')
    expect(spec()).toEqual(before)
    expect(kernel.api.get('Namespace', '', 'x')!.metadata.labels).toMatchObject({ a: 'b' })
  })

  it('is a conflict where the file names a version that is past', () => {
    const kernel = cluster({ 'a.yaml': config('a', 'one') })
    type(kernel, 'kubectl create -f a.yaml && kubectl get configmap a -o yaml > old.yaml')
    expect(type(kernel, 'kubectl replace -f old.yaml').exit).toBe(0)
    type(kernel, 'kubectl label configmap a b=c')
    const why = 'the object has been modified; please apply your changes to the latest version and try again'
    expect(type(kernel, 'kubectl replace -f old.yaml')).toMatchObject({
      err: `Error from server (Conflict): error when replacing "old.yaml": Operation cannot be fulfilled on configmaps "a": ${why}\n`,
      exit: 1,
    })
  })

  it('is only tried in a dry run, and says what it lacks', () => {
    const kernel = applied()
    const revision = kernel.api.revision()
    expect(type(kernel, 'kubectl replace -f web.yaml --dry-run=client').out).toBe('deployment.apps/web replaced (dry run)\n')
    expect(type(kernel, 'kubectl replace -f web.yaml --dry-run=server').out).toBe('deployment.apps/web replaced (server dry run)\n')
    const said = (line: string) => type(kernel, `kubectl replace ${line}`).err
    expect(said('')).toBe('error: must specify one of -f and -k\n')
    expect(said('-f missing.yaml')).toBe('error: the path "missing.yaml" does not exist\n')
    expect(said('-f web.yaml --grace-period=1')).toBe('error: --grace-period must have --force specified\n')
    expect(said('-f web.yaml --timeout=1s')).toBe('error: --timeout must have --force specified\n')
    expect(said('-f web.yaml --force --dry-run=client')).toBe('error: --dry-run can not be used when --force is set\n')
    expect(kernel.api.revision()).toBe(revision)
  })
})

describe('a kind that holds nothing', () => {
  it.each(['sts', 'statefulsets.apps', 'daemonset', 'jobs', 'cj', 'ingress', 'pvc', 'secrets', 'netpol', 'pdb', 'quota', 'limits', 'sts,jobs'])('is found empty: %s', (word) => {
    for (const verb of ['get', 'describe'])
      expect(type(cluster(), `kubectl ${verb} ${word}`), verb).toEqual({ out: '', err: NONE, exit: 0 })
  })

  it('that lives in no namespace, or is looked for in all, is found empty there', () => {
    for (const asked of ['pv', 'pv,secrets', 'storageclasses', 'sts -A'])
      expect(type(cluster(), `kubectl get ${asked}`), asked).toEqual({ out: '', err: 'No resources found\n', exit: 0 })
    // describe names the namespace whatever was asked for
    expect(type(cluster(), 'kubectl describe pv').err).toBe(NONE)
    expect(type(cluster(), 'kubectl describe pv -A').err).toBe('No resources found\n')
    expect(type(cluster(), 'kubectl get jobs -n kube-public').err).toBe('No resources found in kube-public namespace.\n')
    expect(type(cluster(), 'kubectl get jobs -o jsonpath={.kind}').out).toBe('List')
  })

  it('has nothing of a name, for any verb', () => {
    const kernel = applied()
    for (const asked of ['get sts x', 'get statefulset/x', 'describe sts x', 'delete sts x', 'label sts x a=b', 'scale sts x --replicas=2', 'wait sts x --for=condition=a', 'expose sts x --port=80', 'autoscale sts x --max=3'])
      expect(type(kernel, `kubectl ${asked}`), asked).toEqual({ out: '', err: 'Error from server (NotFound): statefulsets.apps "x" not found\n', exit: 1 })
    expect(type(kernel, 'kubectl get secret x').err).toBe('Error from server (NotFound): secrets "x" not found\n')
    expect(type(kernel, 'kubectl delete sts x --ignore-not-found')).toEqual({ out: '', err: '', exit: 0 })
    expect(type(kernel, 'kubectl wait sts/x --for=create --timeout=1s').err).toBe('error: timed out waiting for the condition\n')
    expect(type(kernel, 'kubectl delete jobs --all')).toEqual({ out: 'No resources found\n', err: '', exit: 0 })
    expect(help(kernel, 'kubectl get sts x')).toContain('Try deployments.')
  })

  it('says nothing beside others, and nothing happens to it that a watch could tell', () => {
    const kernel = applied()
    wait(kernel, 10_000)
    expect(type(kernel, 'kubectl get sts,deployments').out).toMatch(/^NAME .*\ndeployment\.apps\/web .*\n$/)
    expect(type(kernel, 'kubectl get pv,deployments -n kube-public').err).toBe('No resources found in kube-public namespace.\n')
    kernel.operate({ op: 'kubectl', line: 'kubectl get sts -w' })
    type(kernel, 'kubectl delete deployment web')
    kernel.operate({ op: 'interrupt' })
    expect(type(kernel, 'kubectl get sts -w', 3000)).toEqual({ out: '', err: '', exit: undefined })
  })

  it('is listed among all kinds, by group and name, and is not made', () => {
    const kernel = cluster({ 'x.yaml': 'apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: x\n' })
    const rows = type(kernel, 'kubectl api-resources --api-group=apps --no-headers').out.trim().split('\n').map(line => line.split(/ +/).slice(0, 2).join(' '))
    expect(rows).toEqual(['controllerrevisions apps/v1', 'daemonsets ds', 'deployments deploy', 'replicasets rs', 'statefulsets sts'])
    const wide = type(kernel, 'kubectl api-resources -o wide --no-headers').out
    expect(wide).toMatch(/^statefulsets +sts +apps\/v1 +true +StatefulSet +create,delete,deletecollection,get,list,patch,update,watch +all$/m)
    expect(type(kernel, 'kubectl api-versions').out.split('\n')).toContain('batch/v1')
    const not = 'error: the kind StatefulSet is not there in this cluster: nothing here would run or use one\n'
    for (const line of ['apply -f x.yaml', 'create -f x.yaml', 'replace -f x.yaml', 'explain sts', 'explain statefulsets.spec'])
      expect(type(kernel, `kubectl ${line}`), line).toEqual({ out: '', err: not, exit: 1 })
    // what is said goes for the version that there is, and kinds that nobody knows are told as ever
    for (const version of ['apps/v1beta1', ''])
      expect(type(kernel, `echo '{"apiVersion": "${version}", "kind": "StatefulSet", "metadata": {"name": "x"}}' | kubectl apply -f -`).err).toContain(`no matches for kind "StatefulSet" in version "${version}"`)
    expect(type(kernel, 'kubectl explain nope').err).toBe('the server doesn\'t have a resource type "nope"\n')
    expect(help(kernel, 'kubectl apply -f x.yaml')).toBe('Try deployments.')
  })
})

describe('a file without an object', () => {
  const files = { 'text.yaml': 'hello\n', 'list.yaml': '- a\n- b\n', 'empty.yaml': '', 'notes.yaml': '# later\n' }

  it('is none to validate, where it is validated, and else one that cannot be decoded', () => {
    const kernel = cluster(files)
    const unset = 'invalid object to validate; if you choose to ignore these errors, turn validation off with --validate=false'
    for (const file of ['text.yaml', 'list.yaml']) {
      for (const verb of ['apply', 'create', 'replace'])
        expect(type(kernel, `kubectl ${verb} -f ${file}`)).toEqual({ out: '', err: `error: error validating "${file}": error validating data: ${unset}\n`, exit: 1 })
      const what = `error: unable to decode "${file}": json: cannot unmarshal ${file === 'text.yaml' ? 'string' : 'array'} into Go value of type unstructured.detector\n`
      expect(type(kernel, `kubectl delete -f ${file}`).err).toBe(what)
      expect(type(kernel, `kubectl apply -f ${file} --validate=false`).err).toBe(what)
    }
  })

  it('that says nothing is missed by what makes objects, and no failure of what deletes or replaces them', () => {
    const kernel = cluster({ ...files, 'a.yaml': config('a', 'one') })
    for (const file of ['empty.yaml', 'notes.yaml']) {
      expect(type(kernel, `kubectl delete -f ${file}`)).toEqual({ out: 'No resources found\n', err: '', exit: 0 })
      expect(type(kernel, `kubectl replace -f ${file}`)).toEqual({ out: '', err: '', exit: 0 })
      expect(type(kernel, `kubectl apply -f ${file}`)).toMatchObject({ err: 'error: no objects passed to apply\n', exit: 1 })
    }
    expect(type(kernel, 'kubectl apply -f empty.yaml -f a.yaml')).toEqual({ out: 'configmap/a created\n', err: '', exit: 0 })
  })

  it('a folder without manifests is refused', () => {
    for (const verb of ['create', 'apply', 'delete', 'replace'])
      expect(type(cluster({ 'notes.txt': 'x' }), `kubectl ${verb} -f .`)).toMatchObject({ out: '', err: 'error: error reading [.]: recognized file extensions are [.json .yaml .yml]\n', exit: 1 })
  })
})
