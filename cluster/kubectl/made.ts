// Objects that commands make by themselves: `create deployment`, `run`, `expose`, `autoscale`. upstream: kubectl pkg/generate, create_deployment.go and its like
import type { Kind } from '../api/objects.ts'
import { Failure } from './errors.ts'

/** What is sent: an object as `--dry-run=client -o yaml` prints it, empty parts and all. */
export interface Made { readonly apiVersion: string, readonly kind: Kind, readonly metadata: { readonly name: string, readonly [field: string]: unknown }, readonly [field: string]: unknown }

export const named = (name: string, labels?: Readonly<Record<string, string>>): Made['metadata'] => ({ ...(labels && Object.keys(labels).length && { labels }), name })

/** A container's name from its image: without registry, path, tag and digest. */
export function nameOfImage(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1).split('@')[0]!.split(':')[0]!.toLowerCase().replace(/[^a-z0-9-]/g, '-').replace(/^-+|-+$/g, '')
}

export function deploymentMade(name: string, images: readonly string[], replicas: number, { port, command, random }: { port?: number, command?: readonly string[], random: () => number }): Made {
  const labels = { app: name }
  const suffix = () => Array.from({ length: 5 }, () => 'bcdfghjklmnpqrstvwxz2456789'[Math.floor(random() * 27)]).join('')
  const containers = images.map((image, i) => {
    const base = nameOfImage(image)
    return {
      ...(command?.length && { command }),
      image,
      // images of one name are told apart
      name: images.some((other, j) => j < i && nameOfImage(other) === base) ? `${base}-${suffix()}` : base,
      ...(port !== undefined && port >= 0 && i === 0 && { ports: [{ containerPort: port }] }),
      resources: {},
    }
  })
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: named(name, labels),
    spec: { replicas, selector: { matchLabels: labels }, strategy: {}, template: { metadata: { labels }, spec: { containers } } },
    status: {},
  }
}

/** `key=value` words as a map. @throws Failure */
export function pairs(words: readonly string[], what: string): Record<string, string> {
  return Object.fromEntries(words.filter(Boolean).map((word) => {
    const equals = word.indexOf('=')
    if (equals < 1)
      throw new Failure(`unexpected ${what}: ${word}`)
    return [word.slice(0, equals), word.slice(equals + 1)]
  }))
}

/** Labels of a flag such as `app=web,tier=front`. upstream: generate.ParseLabels */
export function labelsOf(text: string): Record<string, string> {
  return Object.fromEntries(text.split(',').filter(Boolean).map((word) => {
    const parts = word.split('=')
    if (parts.length !== 2 || !parts[0])
      throw new Failure(`unexpected label spec: ${word}`)
    return [parts[0], parts[1]!]
  }))
}

export interface Port { readonly name?: string, readonly port: number, readonly targetPort: number | string, readonly protocol: string, readonly nodePort?: number }

/** `80`, `80:8080`, `80:http`: a port of a Service and where it leads. upstream: parsePorts */
export function portMade(text: string, index = 0): Port {
  const [from = '', to = from, ...more] = text.split(':')
  const port = Number(from)
  if (more.length || !/^\d+$/.test(from) || port > 65_535)
    throw new Failure(`strconv.ParseUint: parsing "${from}": ${/^\d+$/.test(from) ? 'value out of range' : 'invalid syntax'}`)
  const targetPort = /^\d+$/.test(to) ? Number(to) : to
  return { name: text.replace(':', '-') || String(index), port, protocol: 'TCP', targetPort }
}

export function serviceMade(name: string, type: string, ports: readonly Port[], more: { clusterIP?: string, externalName?: string, nodePort?: number, selector?: Readonly<Record<string, string>> } = {}): Made {
  const labels = { app: name }
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: named(name, labels),
    spec: {
      ...(more.clusterIP !== undefined && { clusterIP: more.clusterIP }),
      ...(more.externalName && { externalName: more.externalName }),
      ...(ports.length && { ports: ports.map(port => ({ ...port, ...(more.nodePort && { nodePort: more.nodePort }) })) }),
      selector: more.selector ?? labels,
      type,
    },
    status: { loadBalancer: {} },
  }
}

/** `resource.k8s.io` limits such as `cpu=100m,memory=64Mi`. @throws Failure */
export function amountsOf(text: string): Record<string, string> {
  return Object.fromEntries(text.split(',').filter(Boolean).map((word) => {
    const parts = word.split('=')
    if (parts.length !== 2)
      throw new Failure(`Invalid argument syntax ${word}, expected <resource>=<value>`)
    return [parts[0]!, parts[1]!]
  }))
}
