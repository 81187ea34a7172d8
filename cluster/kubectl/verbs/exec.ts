// kubectl exec: a few small programs, run in a container. upstream: kubectl pkg/cmd/exec
import type { EndpointSlice, Pod } from '../../api/objects.ts'
import { fromLabelSelector } from '../../api/labels.ts'
import { notFound } from '../../api/errors.ts'
import { programOf } from '../../node/programs/program.ts'
import { machinesOf } from '../../node/machine.ts'
import { stamp } from '../../timeline/clock.ts'
import type { Call, Command } from '../command.ts'
import { Failure, misused } from '../errors.ts'
import { flagSet } from '../flags.ts'
import type { Io } from '../io.ts'
import { kindOf } from '../resources.ts'
import { parseLine } from '../words.ts'

interface Where { readonly io: Io, readonly pod: Pod, readonly container: string }
interface Said { readonly out?: string, readonly error?: string, readonly exit: number }

const said = (out: string): Said => ({ out, exit: 0 })

/** The environment that a container's program finds. upstream: makeEnvironmentVariables, without the variables of Services */
function environment({ pod, container }: Where): Record<string, string> {
  const env = pod.spec.containers.find(each => each.name === container)?.env ?? []
  const fields: Readonly<Record<string, string | undefined>> = { 'metadata.name': pod.metadata.name, 'metadata.namespace': pod.metadata.namespace, 'status.podIP': pod.status.podIP, 'spec.nodeName': pod.spec.nodeName, 'status.hostIP': pod.status.hostIP }
  return { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOSTNAME: pod.metadata.name, KUBERNETES_SERVICE_HOST: '10.96.0.1', KUBERNETES_SERVICE_PORT: '443', ...Object.fromEntries(env.map(({ name, value = '', valueFrom }) => [name, valueFrom?.fieldRef ? fields[valueFrom.fieldRef.fieldPath] ?? '' : value])), HOME: '/root' }
}

/** Where a name leads: a Service's addresses, or a Pod's. */
function lookUp({ io, pod }: Where, host: string): { ip: string, backends: { ip: string, port?: number }[] } | undefined {
  const [name = '', namespace = pod.metadata.namespace, ...rest] = host.split('.')
  const byIp = io.api.list('Service').find(each => each.spec.clusterIP === host)
  const service = byIp ?? (rest.length === 0 || rest[0] === 'svc' ? io.api.get('Service', namespace, name) : undefined)
  if (service) {
    const slices = io.api.list('EndpointSlice', { namespace: service.metadata.namespace, labels: `kubernetes.io/service-name=${service.metadata.name}` })
    const backends = slices.flatMap(({ endpoints, ports }: EndpointSlice) => (endpoints ?? []).filter(each => each.conditions?.ready !== false).flatMap(each => each.addresses.map(ip => ({ ip, port: ports?.[0]?.port }))))
    return { ip: service.spec.clusterIP ?? '', backends }
  }
  if (host === 'localhost' || host === '127.0.0.1' || host === pod.status.podIP)
    return { ip: pod.status.podIP ?? '', backends: [{ ip: pod.status.podIP ?? '' }] }
  const other = io.api.list('Pod').find(each => each.status.podIP === host)
  return other && { ip: host, backends: [{ ip: host }] }
}

function fetchPage(where: Where, name: string, words: readonly string[]): Said {
  const address = words.find(word => !word.startsWith('-') && /^(?:https?:\/\/)?[\w.-]+(?::\d+)?(?:\/\S*)?$/.test(word))
  if (!address)
    return { error: `${name}: try '${name} --help' for more information\n`, exit: 2 }
  const [, host = '', port] = /^(?:https?:\/\/)?([\w.-]+)(?::(\d+))?/.exec(address)!
  const found = lookUp(where, host)
  const curl = name === 'curl'
  if (!found)
    return curl ? { error: `curl: (6) Could not resolve host: ${host}\n`, exit: 6 } : { error: `wget: bad address '${host}${port ? `:${port}` : ''}'\n`, exit: 1 }
  const { io } = where
  const backend = found.backends[Math.floor(io.random() * found.backends.length)]
  const pod = backend && io.api.list('Pod').find(each => each.status.podIP === backend.ip)
  const machine = pod && machinesOf(io.world).get(pod.spec.nodeName ?? '')
  const process = pod && machine?.on && machine.connected ? machine.pods.get(pod.metadata.uid)?.containers.find(each => !each.init && each.stage === 'running') : undefined
  if (!pod || !process) {
    const dead = pod && machine && !(machine.on && machine.connected)
    return curl ? { error: dead ? `curl: (28) Connection timed out after 5000 milliseconds\n` : `curl: (7) Failed to connect to ${host} port ${port ?? 80} after 1 ms: Couldn't connect to server\n`, exit: dead ? 28 : 7 } : { error: `wget: can't connect to remote host (${found.ip}): Connection ${dead ? 'timed out' : 'refused'}\n`, exit: 1 }
  }
  const program = programOf(pod.spec.containers[0]!.image ?? '')
  const age = io.now - process.since
  if (age < program.boot)
    return curl ? { error: `curl: (7) Failed to connect to ${host} port ${port ?? 80} after 1 ms: Couldn't connect to server\n`, exit: 7 } : { error: `wget: can't connect to remote host (${found.ip}): Connection refused\n`, exit: 1 }
  if (age >= program.failsAfter)
    return curl ? said('Internal Server Error\n') : { error: 'wget: server returned error: HTTP/1.1 500 Internal Server Error\n', exit: 1 }
  return said(`Hello from ${pod.metadata.name}\n`)
}

function resolveName(where: Where, host = ''): Said {
  const found = lookUp(where, host)
  const server = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n'
  if (!found)
    return { out: `${server}** server can't find ${host}: NXDOMAIN\n`, exit: 1 }
  const [name = '', namespace = where.pod.metadata.namespace] = host.split('.')
  return said(`${server}Name:\t${/^[\d.]+$/.test(host) ? host : `${name}.${namespace}.svc.cluster.local`}\nAddress: ${found.ip}\n`)
}

function readFile(where: Where, name: string): string | undefined {
  const { pod } = where
  switch (name) {
    case '/etc/hostname': return `${pod.metadata.name}\n`
    case '/etc/hosts': return `# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n${pod.status.podIP ?? ''}\t${pod.metadata.name}\n`
    case '/etc/resolv.conf': return `search ${pod.metadata.namespace}.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n`
    default: return undefined
  }
}

/** Runs words in a container. */
function runInside(where: Where, [name = '', ...words]: readonly string[], depth = 0): Said {
  switch (name.slice(name.lastIndexOf('/') + 1)) {
    case 'hostname': return said(`${where.pod.metadata.name}\n`)
    case 'env': case 'printenv': {
      const env = environment(where)
      if (name === 'printenv' && words[0])
        return Object.hasOwn(env, words[0]) ? said(`${env[words[0]]}\n`) : { exit: 1 }
      return said(Object.entries(env).map(([key, value]) => `${key}=${value}\n`).join(''))
    }
    case 'date': return said(`${stamp(where.io.now)}\n`)
    case 'echo': return said(`${words.join(' ')}\n`)
    case 'whoami': return said('root\n')
    case 'id': return said('uid=0(root) gid=0(root) groups=0(root)\n')
    case 'pwd': return said('/\n')
    case 'true': return said('')
    case 'false': return { exit: 1 }
    case 'ls': return said('bin\ndev\netc\nhome\nproc\nroot\nsys\ntmp\nusr\nvar\n')
    case 'ps': return said(`PID   USER     COMMAND\n    1 root     ${where.pod.spec.containers.find(each => each.name === where.container)?.command?.join(' ') ?? where.container}\n   17 root     ${[name, ...words].join(' ')}\n`)
    case 'cat': {
      const texts = words.map(file => [file, readFile(where, file)] as const)
      const missing = texts.filter(([, text]) => text === undefined)
      return { out: texts.map(([, text]) => text ?? '').join(''), error: missing.map(([file]) => `cat: can't open '${file}': No such file or directory\n`).join(''), exit: missing.length ? 1 : 0 }
    }
    case 'curl': case 'wget': return fetchPage(where, name, words)
    case 'nslookup': return resolveName(where, words[0])
    case 'sh': case 'bash': {
      if (words[0] !== '-c' || words[1] === undefined)
        return { error: 'a shell to type into is not there in this kubectl: give it a command, as in sh -c "hostname"\n', exit: 1 }
      if (depth > 3)
        return { exit: 1 }
      const outs: Said[] = []
      try {
        for (const { programs } of parseLine(words[1]))
          outs.push(runInside(where, programs[0]!.words, depth + 1))
      }
      catch (error) {
        return { error: `sh: ${(error as Error).message}\n`, exit: 2 }
      }
      return { out: outs.map(each => each.out ?? '').join(''), error: outs.map(each => each.error ?? '').join(''), exit: outs.at(-1)?.exit ?? 0 }
    }
    case 'exit': return { exit: Number(words[0] ?? 0) & 255 }
    default: throw new Failure(`Internal error occurred: error executing command in container: failed to exec in container: failed to start exec: OCI runtime exec failed: exec failed: unable to start container process: exec: "${name}": executable file not found in $PATH: unknown`)
  }
}

function exec({ io, flags, words, rest, namespace, path }: Call): undefined {
  const [target, ...more] = words
  if (target === undefined)
    throw new Failure('pod, type/name or --filename must be specified')
  if (more.length)
    throw misused(path, 'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead')
  if (!rest.length)
    throw new Failure('you must specify at least one command for the container')
  const [type, name = ''] = target.includes('/') ? target.split('/') as [string, string] : ['pod', target]
  const kind = kindOf(type)
  const found = io.api.get(kind, namespace, name)
  if (!found)
    throw notFound(kind, name)
  const selector = found.kind === 'Deployment' || found.kind === 'ReplicaSet' ? fromLabelSelector(found.spec.selector) : found.kind === 'Service' ? fromLabelSelector({ matchLabels: found.spec.selector as Record<string, string> }) : undefined
  const pods = found.kind === 'Pod' ? [found] : selector ? io.api.list('Pod', { namespace, labels: selector }) : []
  const pod = pods.find(each => each.status.phase === 'Running') ?? pods[0]
  if (!pod)
    throw new Failure(`cannot attach to *unstructured.Unstructured: selector for ${found.kind} not implemented`)
  if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed')
    throw new Failure(`cannot exec into a container in a completed pod; current phase is ${pod.status.phase}`)
  const names = pod.spec.containers.map(each => each.name)
  const container = flags.text('container') || names[0]!
  if (!names.includes(container))
    throw new Failure(`container ${container} not found in pod ${pod.metadata.name}`)
  if (!flags.text('container') && names.length > 1)
    io.warn(`Defaulted container "${container}" out of: ${names.join(', ')}\n`)
  if (!pod.status.containerStatuses?.find(each => each.name === container)?.state?.running)
    throw new Failure(pod.spec.nodeName ? `Internal error occurred: unable to upgrade connection: container not found ("${container}")` : `pod ${pod.metadata.name} does not have a host assigned`)
  const { out = '', error = '', exit } = runInside({ io, pod, container }, rest)
  io.print(out)
  io.warn(error)
  if (exit) {
    io.warn(`command terminated with exit code ${exit}\n`)
    throw new Failure('', { exit, raw: true })
  }
  return undefined
}

export const execCommand: Command = {
  name: 'exec',
  about: 'Execute a command in a container',
  usage: '(POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...] [options]',
  examples: '  # Get output from running the \'date\' command from pod mypod, using the first container by default\n  kubectl exec mypod -- date',
  flags: flagSet('container,c:s stdin,i tty,t quiet,q filename,f:l pod-running-timeout:d=1m'),
  takes: 'pods',
  run: exec,
}
