// Objects that commands make by themselves: `create deployment`, `run`, `expose`, `autoscale`. upstream: kubectl pkg/generate, create_deployment.go and its like
import type { Kind } from '../api/objects.ts'
import { portName, portNumber } from '../api/validation/names.ts'
import { Failure } from './errors.ts'

/** What is sent: an object as `--dry-run=client -o yaml` prints it, empty parts and all. */
export interface Made { readonly apiVersion: string, readonly kind: Kind, readonly metadata: { readonly name: string, readonly [field: string]: unknown }, readonly [field: string]: unknown }

export const named = (name: string, labels?: Readonly<Record<string, string>>): Made['metadata'] => ({ ...(labels && Object.keys(labels).length && { labels }), name })

/** A container's name from its image: without registry, path, tag and digest. One that had to be changed gets letters that tell it from others; whether it may be a name at all is for the API server to say. upstream: create_deployment.go buildPodSpec, sanitizeAndUniquify */
function nameOfImage(image: string, random: () => number): string {
  const name = image.slice(image.lastIndexOf('/') + 1).split(/[:@]/)[0]!
  return /[_.]/.test(name) ? `${name.replace(/[_.]/g, '-')}-${Array.from({ length: 5 }, () => 'bcdfghjklmnpqrstvwxz2456789'[Math.floor(random() * 27)]).join('')}` : name
}

export function deploymentMade(name: string, images: readonly string[], replicas: number, { port, command, random }: { port?: number, command?: readonly string[], random: () => number }): Made {
  const labels = { app: name }
  const containers = images.map((image, i) => ({
    ...(command?.length && { command }),
    image,
    name: nameOfImage(image, random),
    ...(port !== undefined && port >= 0 && i === 0 && { ports: [{ containerPort: port }] }),
    resources: {},
  }))
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

/** Labels of a flag such as `app=web,tier=front`. upstream: generate.ParseLabels @throws Failure */
export function labelsOf(text: string): Record<string, string> {
  return Object.fromEntries(text.split(',').map((word) => {
    const parts = word.split('=')
    if (parts.length !== 2)
      throw new Failure(`unexpected label spec: ${word}`)
    if (!parts[0])
      throw new Failure('unexpected empty label key')
    return [parts[0], parts[1]!]
  }))
}

export interface Port { readonly name?: string, readonly port: number, readonly targetPort: number | string, readonly protocol: string, readonly nodePort?: number }

/** A whole number of 64 bits; else why it is none. upstream: strconv.Atoi */
export function wholeNumber(text: string): bigint | 'invalid syntax' | 'value out of range' {
  if (!/^[+-]?\d+$/.test(text))
    return 'invalid syntax'
  const value = BigInt(text.replace(/^[+-]/, '').slice(0, 400)) * (text.startsWith('-') ? -1n : 1n)
  return BigInt.asIntN(64, value) === value ? value : 'value out of range'
}

/** A port as a number of 32 bits, whatever it says. upstream: strconv.Atoi, then int32. @throws Failure */
export function portNumberOf(text: string): number {
  const port = wholeNumber(text)
  if (typeof port !== 'bigint')
    throw new Failure(`strconv.Atoi: parsing ${JSON.stringify(text)}: ${port}`)
  return Number(BigInt.asIntN(32, port))
}

/** `80`, `80:8080`, `80:http`: a port of a Service and where it leads. What stands behind a second colon is in its name alone. upstream: parsePorts */
export function portMade(text: string): Port {
  const [from = '', to] = text.split(':')
  const port = Number(from)
  if (!/^\d+$/.test(from) || port > 65_535)
    throw new Failure(`strconv.ParseUint: parsing ${JSON.stringify(from)}: ${/^\d+$/.test(from) ? 'value out of range' : 'invalid syntax'}`)
  return { name: text.replaceAll(':', '-'), port, protocol: 'TCP', targetPort: to === undefined ? port : targetMade(to) }
}

/** Where a port leads: a number, or else a name. @throws Failure where it can be neither */
function targetMade(text: string): number | string {
  const number = wholeNumber(text)
  const wrong = typeof number === 'bigint' ? portNumber(Number(number)) : portName(text)
  if (wrong.length)
    throw new Failure(wrong.join())
  return typeof number === 'bigint' ? Number(number) : text
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
