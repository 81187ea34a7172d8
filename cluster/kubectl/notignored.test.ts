import { describe, expect, it } from 'vitest'
import { applied, cluster, deployment, type } from '../../tests/lib/typed.ts'

describe('a flag', () => {
  it('--validate drops unknown fields with or without a word, and refuses them where it is strict', () => {
    const kernel = cluster({ 'web.yaml': deployment('  replicaz: 3\n') })
    expect(type(kernel, 'kubectl apply -f web.yaml').err).toContain('unknown field "spec.replicaz"')
    expect(type(kernel, 'kubectl apply -f web.yaml --validate=maybe').err).toContain('must be one of: strict (or true), warn, ignore (or false)')
    expect(type(kernel, 'kubectl apply -f web.yaml --validate=warn')).toEqual({ out: 'deployment.apps/web created\n', err: 'Warning: unknown field "spec.replicaz"\n', exit: 0 })
    expect(type(kernel, 'kubectl apply -f web.yaml --validate=false')).toEqual({ out: 'deployment.apps/web unchanged\n', err: '', exit: 0 })
    expect(kernel.api.get('Deployment', 'default', 'web')!.spec).not.toHaveProperty('replicaz')
  })

  it('--local asks no cluster: it needs a file, and changes what stands in it', () => {
    const kernel = cluster({ 'web.yaml': deployment() })
    expect(type(kernel, 'kubectl set image -f web.yaml c=nginx:2 --local -o jsonpath={.spec.template.spec.containers[0].image}').out).toBe('nginx:2')
    expect(type(kernel, 'kubectl set image deployment/web c=nginx:2 --local').err).toMatch(/^error: you must specify resources by --filename when --local is set\./)
    expect(kernel.api.list('Deployment')).toEqual([])
  })

  it('--subresource=scale shows the scale of what can be scaled', () => {
    const kernel = applied()
    expect(type(kernel, 'kubectl get deployment web --subresource=scale').out).toMatch(/^NAME {3}DESIRED {3}AVAILABLE {3}AGE\nweb {4}2 {9}\d {11}\d+s\n$/)
    expect(type(kernel, 'kubectl get deployment web --subresource=scale -o jsonpath={.kind}/{.spec.replicas}').out).toBe('Scale/2')
    expect(type(kernel, 'kubectl get node node-1 --subresource=scale').err).toBe('Error from server (NotFound): the server could not find the requested resource\n')
    expect(type(kernel, 'kubectl get deployment web --subresource=x').err).toBe('error: invalid subresource value: "x". Must be one of [status scale resize]\n')
  })

  it('that is not there is refused before anything is done; one that says what is so anyway is taken', () => {
    const kernel = applied()
    expect(type(kernel, 'kubectl scale deployment web --replicas=5 --as=somebody')).toEqual({ out: '', err: 'error: --as is not there in this kubectl: there is one cluster here, one context and one user\n', exit: 1 })
    expect(kernel.api.get('Deployment', 'default', 'web')!.spec.replicas).toBe(2)
    expect(type(kernel, 'kubectl get deployment web -o name --context=helmsman --server-print=true').out).toBe('deployment.apps/web\n')
    expect(type(kernel, 'kubectl get pods --context=other').err).toBe('error: context "other" does not exist\n')
  })
})
