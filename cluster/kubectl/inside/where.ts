// A container from within: its names, its environment, its files. upstream: pkg/kubelet/kubelet_pods.go, CoreDNS
import { fromLabelSelector } from '../../api/labels.ts'
import type { Pod, Service } from '../../api/objects.ts'
import type { Asked, Place } from '../../network/rules.ts'
import { expand } from '../../node/environment.ts'
import type { Given } from '../../node/environment.ts'
import { addressOf, machinesOf } from '../../node/machine.ts'
import type { Machine, Process } from '../../node/machine.ts'
import { containersOf } from '../../node/process.ts'
import { stamp } from '../../timeline/clock.ts'
import type { Io } from '../io.ts'

/** A container; `given`: what it got from ConfigMaps, where another than the one that is there now is meant. */
export interface Where { readonly io: Io, readonly pod: Pod, readonly container: string, readonly given?: Given }
/** What a program says; `after`: how many ms it takes to; `ends`: the shell around it ends with it. */
export interface Said { readonly out?: string, readonly error?: string, readonly exit: number, readonly after?: number, readonly ends?: boolean }

/** A node's machine whose kubelet nobody reaches; undefined where one does, and where there is no such machine. */
export function kubeletLost({ world }: Pick<Io, 'world'>, node: string): Machine | undefined {
  const machine = machinesOf(world).get(node)
  return machine && !(machine.up && machine.connected) ? machine : undefined
}

/** The kubelet of a Pod's machine, where the API server cannot ask it, and why; undefined where it can, and where the Pod has no machine. */
export function unreachable({ world }: Pick<Io, 'world'>, { spec }: Pod): { readonly kubelet: string, readonly why: string } | undefined {
  const machine = kubeletLost({ world }, spec.nodeName ?? '')
  if (!machine)
    return undefined
  const kubelet = `${addressOf(machine)}:10250`
  return { kubelet, why: `dial tcp ${kubelet}: ${machine.connected ? 'connect: no route to host' : 'i/o timeout'}` }
}

/** The container's process, as it is. */
export const processOf = ({ io, pod, container }: Where): Process | undefined => machinesOf(io.world).get(pod.spec.nodeName ?? '')?.pods.get(pod.metadata.uid)?.containers.find(each => each.name === container)

/** The variables of a Service, as Docker's links had them. upstream: pkg/kubelet/envvars FromServices */
function serviceVariables({ metadata, spec: { clusterIP: ip = '', ports = [] } }: Service): [string, string][] {
  const prefix = metadata.name.toUpperCase().replaceAll('-', '_')
  const links = ports.flatMap(({ port, protocol = 'TCP' }, i): [string, string][] => {
    const kind = protocol.toLowerCase()
    const own = `${prefix}_PORT_${port}_${protocol}`
    const url = `${kind}://${ip}:${port}`
    return [...(i ? [] : [[`${prefix}_PORT`, url]] as [string, string][]), [own, url], [`${own}_PROTO`, kind], [`${own}_PORT`, String(port)], [`${own}_ADDR`, ip]]
  })
  const named = ports.filter(each => each.name).map(({ name, port }): [string, string] => [`${prefix}_SERVICE_PORT_${name!.toUpperCase().replaceAll('-', '_')}`, String(port)])
  return ports.length ? [[`${prefix}_SERVICE_HOST`, ip], [`${prefix}_SERVICE_PORT`, String(ports[0]!.port)], ...named, ...links] : []
}

/** The environment that a container's program found when it began: Services that came later are not in it. upstream: makeEnvironmentVariables */
export function environment(where: Where): Record<string, string> {
  const { io, pod, container } = where
  const env = containersOf(pod).find(each => each.name === container)?.env ?? []
  const process = processOf(where)
  const given = where.given ?? process?.given ?? {}
  const fields: Readonly<Record<string, string | undefined>> = { 'metadata.name': pod.metadata.name, 'metadata.namespace': pod.metadata.namespace, 'status.podIP': pod.status.podIP, 'spec.nodeName': pod.spec.nodeName, 'status.hostIP': pod.status.hostIP }
  const began = stamp(process?.since ?? io.now)
  const links = (pod.spec as { enableServiceLinks?: boolean }).enableServiceLinks !== false
  const services = io.api.list('Service')
    .filter(({ metadata, spec }) => spec.clusterIP && spec.clusterIP !== 'None' && metadata.creationTimestamp! <= began
      && ((links && metadata.namespace === pod.metadata.namespace) || (metadata.namespace === 'default' && metadata.name === 'kubernetes')))
    .flatMap(serviceVariables)
  const known: Record<string, string> = { ...Object.fromEntries(services), ...Object.fromEntries(Object.entries(given).filter(([name]) => !env.some(each => each.name === name))) }
  for (const { name, value, valueFrom } of env) {
    if (value || !valueFrom)
      known[name] = expand(value ?? '', known)
    else if (valueFrom.fieldRef || valueFrom.resourceFieldRef)
      known[name] = fields[valueFrom.fieldRef?.fieldPath ?? ''] ?? ''
    // one that may be missing, and is, is no variable
    else if (Object.hasOwn(given, name))
      known[name] = given[name]!
  }
  return { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOSTNAME: pod.metadata.name, ...known, HOME: '/root' }
}

/** A Service by what it is called from within a Pod, or by its address. */
export function serviceAt({ io, pod }: Where, host: string): Service | undefined {
  const [name = '', namespace = pod.metadata.namespace, ...rest] = host.split('.')
  return io.api.list('Service').find(each => each.spec.clusterIP === host) ?? (['', 'svc', 'svc.cluster.local'].includes(rest.join('.')) ? io.api.get('Service', namespace, name) : undefined)
}

const isAddress = (host: string) => /^\d+(?:\.\d+){3}$/.test(host)

/** Where a host and a port lead: an address, and what is asked there; undefined where the name is nobody's. */
export function lookUp(where: Where, host: string, port: number): { ip: string, to: Asked | Place } | undefined {
  const { io, pod } = where
  const at = (each: Pod, ip: string) => ({ ip, to: { node: each.spec.nodeName, pod: each.metadata.name, uid: each.metadata.uid, port } })
  const service = serviceAt(where, host)
  if (service) {
    const { metadata: { namespace, name }, spec: { clusterIP = '', selector } } = service
    if (clusterIP !== 'None')
      return { ip: clusterIP, to: { namespace, service: name, port } }
    // without an address of its own, its name is those of its Pods, and ports are theirs
    const pods = selector ? io.api.list('Pod', { namespace, labels: fromLabelSelector({ matchLabels: selector as Record<string, string> }) }).filter(each => each.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True')) : []
    const one = pods[Math.floor(io.random() * pods.length)]
    return one && at(one, one.status.podIP ?? '')
  }
  if (host === 'localhost' || host === pod.metadata.name || host.startsWith('127.') || host === pod.status.podIP)
    return at(pod, host === pod.status.podIP || host === pod.metadata.name ? pod.status.podIP ?? '' : '127.0.0.1')
  if (!isAddress(host))
    return undefined
  const other = io.api.list('Pod').find(each => each.status.podIP === host && each.status.phase === 'Running')
  if (other)
    return at(other, host)
  for (const machine of machinesOf(io.world).values()) {
    // a machine's address leads to Services by their node ports
    const open = addressOf(machine) === host && machine.on ? io.api.list('Service').find(({ spec }) => spec.ports?.some(each => each.nodePort === port)) : undefined
    if (open)
      return { ip: host, to: { namespace: open.metadata.namespace, service: open.metadata.name, port: open.spec.ports!.find(each => each.nodePort === port)!.port } }
    if (addressOf(machine) === host && machine.on)
      return { ip: host, to: { node: machine.spec.name, uid: '', port } }
  }
  return { ip: host, to: { port } }
}

/** The files of a container that are known, by their paths: what each says. */
const FILES: Readonly<Record<string, (where: Where) => string>> = {
  '/etc/hostname': ({ pod }) => `${pod.metadata.name}\n`,
  '/etc/hosts': ({ pod }) => `# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n${pod.status.podIP ?? ''}\t${pod.metadata.name}\n`,
  '/etc/resolv.conf': ({ pod }) => `search ${pod.metadata.namespace}.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n`,
}

/** nslookup, as busybox prints it. */
export function resolveName(where: Where, host = ''): Said {
  const found = lookUp(where, host, 0)
  const server = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n'
  if (!found)
    return { out: `${server}** server can't find ${host}: NXDOMAIN\n`, exit: 1 }
  const [name = '', namespace = where.pod.metadata.namespace] = host.split('.')
  return { out: `${server}Name:\t${isAddress(host) ? host : `${name}.${namespace}.svc.cluster.local`}\nAddress: ${found.ip}\n`, exit: 0 }
}

/** What a file says; undefined where it is not known. */
export function readFile(where: Where, name: string): string | undefined {
  const path = fromRoot(name)
  return Object.hasOwn(FILES, path) ? FILES[path]!(where) : undefined
}

/** The directories at the root. */
const ROOT: readonly string[] = ['bin', 'dev', 'etc', 'home', 'proc', 'root', 'sys', 'tmp', 'usr', 'var']

/** A path from the root, without dots and doubled slashes. */
function fromRoot(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/').filter(each => each && each !== '.')) {
    if (part === '..')
      parts.pop()
    else
      parts.push(part)
  }
  return `/${parts.join('/')}`
}

/** The names in a directory; undefined where there is none of this name. */
export function listDirectory(path: string): readonly string[] | undefined {
  const at = fromRoot(path)
  if (at === '/')
    return ROOT
  return ROOT.includes(at.slice(1)) ? Object.keys(FILES).filter(file => file.startsWith(`${at}/`)).map(file => file.slice(at.length + 1)) : undefined
}
