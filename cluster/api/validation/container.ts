// Rules for containers: names, ports, environment, amounts, probes. upstream: pkg/apis/core/validation/validation.go
import type { Container, ContainerPort, EnvVar, LifecycleHandler, Probe } from 'kubernetes-types/core/v1'
import type { Draft } from '../draft.ts'
import { compareQuantities, parseQuantity } from '../quantity.ts'
import { each, nonNegative, oneOf, unique } from './field.ts'
import type { Errors } from './field.ts'
import { dnsLabel, portName, portNumber, qualifiedName } from './names.ts'

const PROTOCOLS = ['SCTP', 'TCP', 'UDP']
/** Resources that a container may ask for by a plain name. */
const STANDARD = ['cpu', 'memory', 'ephemeral-storage']
const KNOWN = [...STANDARD, 'pods', 'services', 'replicationcontrollers', 'resourcequotas', 'secrets', 'configmaps', 'persistentvolumeclaims', 'services.nodeports', 'services.loadbalancers', 'storage', 'requests.cpu', 'requests.memory', 'requests.storage', 'requests.ephemeral-storage', 'limits.cpu', 'limits.memory', 'limits.ephemeral-storage']

/** upstream: ValidatePortNumOrName */
export function checkPort(errors: Errors, field: string, port: number | string | undefined): void {
  if (typeof port === 'string')
    each(errors, field, port, portName(port))
  else
    each(errors, field, port ?? 0, portNumber(port ?? 0))
}

/** upstream: validateContainerPorts */
function checkPorts(errors: Errors, field: string, ports: Draft<ContainerPort[]> = []) {
  const once = unique(errors)
  ports.forEach(({ name, containerPort, hostPort, protocol }, i) => {
    const path = `${field}[${i}]`
    if (name) {
      const wrong = portName(name)
      each(errors, `${path}.name`, name, wrong)
      if (!wrong.length)
        once(`${path}.name`, name)
    }
    if (!containerPort)
      errors.required(`${path}.containerPort`)
    else
      each(errors, `${path}.containerPort`, containerPort, portNumber(containerPort))
    if (hostPort)
      each(errors, `${path}.hostPort`, hostPort, portNumber(hostPort))
    oneOf(errors, `${path}.protocol`, protocol, PROTOCOLS)
  })
}

/** upstream: ValidateEnv */
function checkEnv(errors: Errors, field: string, env: Draft<EnvVar[]> = []) {
  env.forEach(({ name, value, valueFrom }, i) => {
    const path = `${field}[${i}]`
    if (!name)
      errors.required(`${path}.name`)
    // eslint-disable-next-line regexp/no-obscure-range -- all of printable ASCII
    else if (!/^[ -<>-~]+$/.test(name))
      errors.invalid(`${path}.name`, name, 'a valid environment variable name must consist only of printable ASCII characters other than \'=\'')
    if (!valueFrom)
      return
    const sources = Object.keys(valueFrom).length
    if (!sources)
      errors.invalid(`${path}.valueFrom`, '', 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`')
    if (sources && value)
      errors.invalid(`${path}.valueFrom`, '', 'may not be specified when `value` is not empty')
    else if (sources > 1)
      errors.invalid(`${path}.valueFrom`, '', 'may not have more than one field specified at a time')
    for (const source of ['configMapKeyRef', 'secretKeyRef'] as const) {
      const ref = valueFrom[source]
      if (ref && !ref.name)
        errors.required(`${path}.valueFrom.${source}.name`)
      if (ref && !ref.key)
        errors.required(`${path}.valueFrom.${source}.key`)
    }
  })
}

/** upstream: validateContainerResourceName, ValidateResourceQuantityValue */
function checkAmount(errors: Errors, field: string, name: string, text: string) {
  const path = `${field}[${name}]`
  const wrong = qualifiedName(name)
  each(errors, path, name, wrong)
  const huge = name.startsWith('hugepages-')
  if (!name.includes('/')) {
    if (!wrong.length && !huge && !KNOWN.includes(name))
      errors.invalid(path, name, 'must be a standard resource type or fully qualified')
    if (!huge && !STANDARD.includes(name))
      errors.invalid(path, name, 'must be a standard resource for containers')
  }
  else if (!name.includes('kubernetes.io/') && (name.startsWith('requests.') || qualifiedName(`requests.${name}`).length)) {
    errors.invalid(path, name, 'doesn\'t follow extended resource name standard')
  }
  const { n, e } = parseQuantity(text)
  if (n < 0n)
    errors.invalid(path, text, 'must be greater than or equal to 0')
  if (e < 0 && name.includes('/') && !name.includes('kubernetes.io/'))
    errors.invalid(path, text, 'must be an integer')
}

/** upstream: ValidateContainerResourceRequirements */
function checkResources(errors: Errors, field: string, { limits = {}, requests = {} }: { limits?: Record<string, string>, requests?: Record<string, string> } = {}) {
  for (const name in limits)
    checkAmount(errors, `${field}.limits`, name, limits[name]!)
  for (const name in requests) {
    checkAmount(errors, `${field}.requests`, name, requests[name]!)
    const limit = limits[name]
    if (limit === undefined)
      continue
    const order = compareQuantities(parseQuantity(requests[name]!), parseQuantity(limit))
    if (order !== 0 && !STANDARD.includes(name) && !name.includes('kubernetes.io/'))
      errors.invalid(`${field}.requests`, requests[name], `must be equal to ${name} limit of ${limit}`)
    else if (order > 0)
      errors.invalid(`${field}.requests`, requests[name], `must be less than or equal to ${name} limit of ${limit}`)
  }
}

/** upstream: validateHandler */
function checkHandler(errors: Errors, field: string, handler: Draft<LifecycleHandler & Probe>, grace: number) {
  const kinds = (['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const).filter(kind => handler[kind])
  const { exec, httpGet, tcpSocket, grpc, sleep } = handler
  kinds.slice(1).forEach(kind => errors.forbidden(`${field}.${kind}`, 'may not specify more than 1 handler type'))
  switch (kinds[0]) {
    case 'exec':
      if (!exec!.command?.length)
        errors.required(`${field}.exec.command`)
      break
    case 'httpGet':
      if (!httpGet!.path)
        errors.required(`${field}.httpGet.path`)
      checkPort(errors, `${field}.httpGet.port`, httpGet!.port)
      oneOf(errors, `${field}.httpGet.scheme`, httpGet!.scheme, ['HTTP', 'HTTPS'])
      break
    case 'tcpSocket':
      checkPort(errors, `${field}.tcpSocket.port`, tcpSocket!.port)
      break
    case 'grpc':
      checkPort(errors, `${field}.grpc.port`, grpc!.port)
      break
    case 'sleep': {
      const seconds = sleep!.seconds ?? 0
      if (seconds < 0 || seconds > grace)
        errors.invalid(`${field}.sleep`, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${grace})`)
      break
    }
    default:
      errors.required(field, 'must specify a handler type')
  }
}

/** upstream: validateProbe, validateLivenessProbe, validateReadinessProbe */
function checkProbe(errors: Errors, field: string, probe: Draft<Probe> | undefined, grace: number, readiness = false) {
  if (!probe)
    return
  checkHandler(errors, field, probe, grace)
  for (const name of ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'] as const)
    nonNegative(errors, `${field}.${name}`, probe[name])
  if (probe.terminationGracePeriodSeconds !== undefined && probe.terminationGracePeriodSeconds <= 0)
    errors.invalid(`${field}.terminationGracePeriodSeconds`, probe.terminationGracePeriodSeconds, 'must be greater than 0')
  if (readiness && probe.terminationGracePeriodSeconds !== undefined)
    errors.invalid(`${field}.terminationGracePeriodSeconds`, probe.terminationGracePeriodSeconds, 'must not be set for readinessProbes')
  if (!readiness && probe.successThreshold !== 1)
    errors.invalid(`${field}.successThreshold`, probe.successThreshold ?? 0, 'must be 1')
}

/** upstream: validateContainerCommon, validateContainers. @param grace the Pod's terminationGracePeriodSeconds */
export function checkContainer(errors: Errors, field: string, container: Draft<Container>, volumes: ReadonlySet<string>, grace: number, init = false): void {
  const { name, image, lifecycle } = container
  if (!name)
    errors.required(`${field}.name`)
  else
    each(errors, `${field}.name`, name, dnsLabel(name))
  if (!image)
    errors.required(`${field}.image`)
  else if (image !== image.trim())
    errors.invalid(`${field}.image`, image, 'must not have leading or trailing whitespace')
  oneOf(errors, `${field}.terminationMessagePolicy`, container.terminationMessagePolicy, ['FallbackToLogsOnError', 'File'])
  checkPorts(errors, `${field}.ports`, container.ports)
  checkEnv(errors, `${field}.env`, container.env)
  checkMounts(errors, `${field}.volumeMounts`, container.volumeMounts, volumes)
  oneOf(errors, `${field}.imagePullPolicy`, container.imagePullPolicy, ['Always', 'IfNotPresent', 'Never'])
  checkResources(errors, `${field}.resources`, container.resources as Parameters<typeof checkResources>[2])
  if (init && container.restartPolicy !== 'Always') {
    for (const each of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
      if (container[each])
        errors.forbidden(`${field}.${each}`, 'may not be set for init containers without restartPolicy=Always')
    }
    return
  }
  if (lifecycle?.postStart)
    checkHandler(errors, `${field}.lifecycle.postStart`, lifecycle.postStart, grace)
  if (lifecycle?.preStop)
    checkHandler(errors, `${field}.lifecycle.preStop`, lifecycle.preStop, grace)
  checkProbe(errors, `${field}.livenessProbe`, container.livenessProbe, grace)
  checkProbe(errors, `${field}.readinessProbe`, container.readinessProbe, grace, true)
  checkProbe(errors, `${field}.startupProbe`, container.startupProbe, grace)
}

/** upstream: ValidateVolumeMounts */
function checkMounts(errors: Errors, field: string, mounts: Draft<Container['volumeMounts']>, volumes: ReadonlySet<string>) {
  const points = new Set<string>()
  mounts?.forEach(({ name, mountPath }, i) => {
    const path = `${field}[${i}]`
    if (!name)
      errors.required(`${path}.name`)
    else if (!volumes.has(name))
      errors.notFound(`${path}.name`, name)
    if (!mountPath)
      errors.required(`${path}.mountPath`)
    else if (points.has(mountPath))
      errors.invalid(`${path}.mountPath`, mountPath, 'must be unique')
    else
      points.add(mountPath)
  })
}
