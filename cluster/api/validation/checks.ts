// Rules that hang on more than one field, by type. upstream: pkg/apis/{core,apps,autoscaling,discovery}/validation
import type { Container, ContainerPort, EnvVar, LifecycleHandler, NodeSelectorTerm, Probe, Taint, Toleration, TopologySpreadConstraint } from 'kubernetes-types/core/v1'
import type { LabelSelectorRequirement } from 'kubernetes-types/meta/v1'
import type { Draft, DraftOf } from '../draft.ts'
import type { PodSpec } from '../objects.ts'
import { compareQuantities, parseQuantity } from '../quantity.ts'
import type { Errors } from './field.ts'
import { configKey, labelValue, qualifiedName } from './names.ts'
import type { Scope } from './walk.ts'
import { workloads } from './workloads.ts'

type Check<T> = (errors: Errors, object: Draft<T>, path: string, scope: Scope) => unknown

const IN = 'must be specified when `operator` is \'In\' or \'NotIn\''
const EXISTS = 'may not be specified when `operator` is \'Exists\' or \'DoesNotExist\''

/** Before the key. upstream: ValidateLabelSelectorRequirement, ValidateNodeSelectorRequirement */
const requirement = (node: boolean): Check<LabelSelectorRequirement> => (errors, { operator = '', values = [] }, path) => {
  if (operator === 'In' || operator === 'NotIn')
    values.length || errors.required(`${path}.values`, IN)
  else if (operator === 'Exists' || operator === 'DoesNotExist')
    values.length && errors.forbidden(`${path}.values`, EXISTS)
  else if (node && (operator === 'Gt' || operator === 'Lt'))
    values.length === 1 || errors.required(`${path}.values`, 'must be specified single value when `operator` is \'Lt\' or \'Gt\'')
  else
    errors.invalid(`${path}.operator`, operator, 'not a valid selector operator')
}

const STANDARD = ['cpu', 'memory', 'ephemeral-storage']
const KNOWN = /^(?:hugepages-.*|pods|services|replicationcontrollers|resourcequotas|secrets|configmaps|persistentvolumeclaims|services\.nodeports|services\.loadbalancers|storage|(?:requests|limits)\.(?:cpu|memory|storage|ephemeral-storage))$/

/** upstream: validateContainerResourceName, ValidateResourceQuantityValue */
function amount(errors: Errors, path: string, name: string, text: string) {
  const wrong = qualifiedName(name)
  wrong.forEach(message => errors.invalid(path, name, message))
  const extended = name.includes('/') && !name.includes('kubernetes.io/')
  if (!name.includes('/') && !STANDARD.includes(name)) {
    if (!wrong.length && !KNOWN.test(name))
      errors.invalid(path, name, 'must be a standard resource type or fully qualified')
    if (!name.startsWith('hugepages-'))
      errors.invalid(path, name, 'must be a standard resource for containers')
  }
  const { n, e } = parseQuantity(text)
  if (n < 0n)
    errors.invalid(path, text, 'must be greater than or equal to 0')
  if (e < 0 && extended)
    errors.invalid(path, text, 'must be an integer')
}

const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const

type Handler = LifecycleHandler & Probe

/** Of several handlers, only the first is looked at. upstream: validateHandler */
const only = (kind: typeof HANDLERS[number]): Check<Handler> => (errors, given, path) => {
  if (!given[kind] || HANDLERS.find(each => given[each]) === kind)
    return
  errors.forbidden(`${path}.${kind}`, 'may not specify more than 1 handler type')
  return false
}

/** upstream: validateHandler */
const handler: Check<Handler> = (errors, given, path) => {
  HANDLERS.some(kind => given[kind]) || errors.required(path, 'must specify a handler type')
}

/** upstream: validateProbe, validateLivenessProbe, validateReadinessProbe */
const probe: Check<Probe> = (errors, given, path) => {
  const readiness = path.endsWith('.readinessProbe')
  const grace = given.terminationGracePeriodSeconds
  if (grace !== undefined && (readiness || grace <= 0))
    errors.invalid(`${path}.terminationGracePeriodSeconds`, grace, readiness ? 'must not be set for readinessProbes' : 'must be greater than 0')
  if (!readiness && given.successThreshold !== 1)
    errors.invalid(`${path}.successThreshold`, given.successThreshold ?? 0, 'must be 1')
}

/** Each value at most once. */
function once(errors: Errors) {
  const seen = new Set<string>()
  return (path: string, key: string, value: unknown = key) => {
    if (seen.has(key))
      errors.duplicate(path, value)
    seen.add(key)
  }
}

function positive(errors: Errors, path: string, value: number) {
  value > 0 || errors.invalid(path, value, 'must be greater than zero')
}

/** Each port of each container, and where its port on the host stands. */
function eachPort(spec: Draft<PodSpec>, path: string, look: (port: Draft<ContainerPort>, at: string) => unknown) {
  spec.containers?.forEach(({ ports }, i) => ports?.forEach((port, j) => look(port, `${path}.containers[${i}].ports[${j}].hostPort`)))
}

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

const checks = {
  LabelSelectorRequirement_key: requirement(false),
  LabelSelectorRequirement(errors: Errors, { values }: Draft<LabelSelectorRequirement>, path: string) {
    values?.forEach((value, i) => labelValue(value).forEach(message => errors.invalid(`${path}.values[${i}]`, value, message)))
  },
  NodeSelectorRequirement_key: requirement(true),

  /** upstream: ValidateTolerations */
  Toleration(errors: Errors, toleration: Draft<Toleration>, path: string) {
    const { key, operator, value, effect = '', tolerationSeconds } = toleration
    if (!key && operator !== 'Exists')
      errors.invalid(`${path}.operator`, operator ?? '', 'operator must be Exists when `key` is empty, which means "match all values and all keys"')
    if (tolerationSeconds !== undefined && effect !== 'NoExecute')
      errors.invalid(`${path}.effect`, effect, 'effect must be \'NoExecute\' when `tolerationSeconds` is set')
    const wrong = labelValue(value ?? '')
    if (operator && operator !== 'Equal' && operator !== 'Exists')
      errors.unsupported(`${path}.operator`, operator, ['Equal', 'Exists'])
    else if (operator === 'Exists' ? value : wrong.length)
      errors.invalid(`${path}.operator`, operator === 'Exists' ? toleration : value, operator === 'Exists' ? 'value must be empty when `operator` is \'Exists\'' : wrong.join(';'))
    if (effect && !EFFECTS.includes(effect))
      errors.unsupported(`${path}.effect`, effect, EFFECTS)
  },

  /** upstream: validateNodeTaints */
  NodeSpec(errors: Errors, { taints }: Draft<{ taints: Taint[] }>, path: string) {
    const twice = once(errors)
    taints?.forEach(({ key, effect }, i) => twice(`${path}.taints[${i}].effect`, `${key} ${effect}`, { key, effect }))
  },

  NodeSelector(errors: Errors, { nodeSelectorTerms }: Draft<{ nodeSelectorTerms: NodeSelectorTerm[] }>, path: string) {
    nodeSelectorTerms?.length || errors.required(`${path}.nodeSelectorTerms`, 'must have at least one node selector term')
  },
  PreferredSchedulingTerm_preference(errors: Errors, { weight = 0 }: { weight?: number }, path: string) {
    if (weight < 1 || weight > 100)
      errors.invalid(`${path}.weight`, weight, 'must be in the range 1-100')
  },
  TopologySpreadConstraint_topologyKey(errors: Errors, { maxSkew = 0 }: Draft<TopologySpreadConstraint>, path: string) {
    positive(errors, `${path}.maxSkew`, maxSkew)
  },
  /** Of two that are alike, the former is told. upstream: ValidateSpreadConstraintNotRepeat, validateMinDomains */
  TopologySpreadConstraint_minDomains(errors: Errors, constraint: Draft<TopologySpreadConstraint>, path: string, { topologySpreadConstraints: all = [] }: Scope) {
    const { topologyKey, whenUnsatisfiable, minDomains = 1 } = constraint
    if (all.slice(all.indexOf(constraint) + 1).some(later => later.topologyKey === topologyKey && later.whenUnsatisfiable === whenUnsatisfiable))
      errors.duplicate(`${path}.{topologyKey, whenUnsatisfiable}`, `{${topologyKey}, ${whenUnsatisfiable}}`)
    positive(errors, `${path}.minDomains`, minDomains)
  },

  /** upstream: ValidateVolumeMounts */
  VolumeMount_mountPath(errors: Errors, { name }: { name?: string }, path: string, { volumes }: Scope) {
    if (name && !volumes?.some(volume => volume.name === name))
      errors.notFound(`${path}.name`, name)
  },

  /** upstream: validateEnvVarValueFrom */
  EnvVar(errors: Errors, { value, valueFrom }: Draft<EnvVar>, path: string) {
    const sources = Object.keys(valueFrom ?? { none: 1 }).length
    if (!sources)
      errors.invalid(`${path}.valueFrom`, '', 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`')
    else if (valueFrom && value)
      errors.invalid(`${path}.valueFrom`, '', 'may not be specified when `value` is not empty')
    else if (sources > 1)
      errors.invalid(`${path}.valueFrom`, '', 'may not have more than one field specified at a time')
  },

  /** upstream: ValidateContainerResourceRequirements */
  ResourceRequirements(errors: Errors, { limits = {}, requests = {} }: { limits?: Record<string, string>, requests?: Record<string, string> }, path: string) {
    for (const name in limits)
      amount(errors, `${path}.limits[${name}]`, name, limits[name]!)
    for (const name in requests) {
      amount(errors, `${path}.requests[${name}]`, name, requests[name]!)
      const limit = limits[name]
      const order = limit === undefined ? 0 : compareQuantities(parseQuantity(requests[name]!), parseQuantity(limit))
      const exact = !STANDARD.includes(name)
      if (exact ? order : order > 0)
        errors.invalid(`${path}.requests`, requests[name], `must be ${exact ? '' : 'less than or '}equal to ${name} limit of ${limit}`)
    }
  },

  // written out: what is spread cannot be left out of a page that writes nothing
  Probe_httpGet: /* @__PURE__ */ only('httpGet'),
  Probe_tcpSocket: /* @__PURE__ */ only('tcpSocket'),
  Probe_grpc: /* @__PURE__ */ only('grpc'),
  LifecycleHandler_httpGet: /* @__PURE__ */ only('httpGet'),
  LifecycleHandler_tcpSocket: /* @__PURE__ */ only('tcpSocket'),
  LifecycleHandler_sleep: /* @__PURE__ */ only('sleep'),
  LifecycleHandler: handler,
  Probe_initialDelaySeconds: handler,
  Probe: probe,
  /** upstream: validateSleepAction */
  SleepAction(errors: Errors, { seconds = 0 }: { seconds?: number }, path: string, { terminationGracePeriodSeconds: grace }: Scope) {
    if (seconds < 0 || seconds > grace!)
      errors.invalid(path, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${grace})`)
  },

  /** upstream: validateContainers */
  Container_lifecycle(errors: Errors, container: Draft<Container>, path: string, { containers = [], initContainers = [] }: Scope) {
    const { name = '' } = container
    const all = containers.includes(container) ? containers : initContainers
    if (all.slice(0, all.indexOf(container)).some(before => (before.name ?? '') === name))
      errors.duplicate(`${path}.name`, name)
  },

  /** upstream: checkHostPortConflicts */
  PodSpec_initContainers(errors: Errors, spec: Draft<PodSpec>, path: string) {
    const twice = once(errors)
    eachPort(spec, path, ({ hostPort, protocol, hostIP }, at) => hostPort && twice(at, `${protocol}/${hostIP ?? ''}/${hostPort}`))
  },
  /** upstream: validatePodHostNetworkDeps */
  PodSpec_restartPolicy(errors: Errors, spec: Draft<PodSpec>, path: string) {
    if (spec.hostNetwork)
      eachPort(spec, path, ({ hostPort, containerPort }, at) => hostPort === containerPort || errors.invalid(at, hostPort ?? 0, 'must match `containerPort` when `hostNetwork` is true'))
  },
  /** upstream: ValidatePodSpec */
  PodSpec_hostname(errors: Errors, { activeDeadlineSeconds: deadline = 1 }: Draft<PodSpec>, path: string) {
    if (deadline < 1 || deadline > 0x7FFF_FFFF)
      errors.invalid(`${path}.activeDeadlineSeconds`, deadline, 'must be between 1 and 2147483647, inclusive')
  },
  /** A template may have it. upstream: validateContainersOnlyForPod */
  Pod(errors: Errors, { spec = {} }: DraftOf<'Pod'>) {
    for (const list of ['containers', 'initContainers'] as const) {
      spec[list]?.forEach(({ image = '' }, i) => {
        if (image !== image.trim())
          errors.invalid(`spec.${list}[${i}].image`, image, 'must not have leading or trailing whitespace')
      })
    }
  },

  /** upstream: ValidateService */
  ServiceSpec_ports(errors: Errors, { type, ports = [], clusterIP, externalName }: Scope, path: string) {
    const headless = clusterIP === 'None'
    if (!ports.length && !headless && type !== 'ExternalName')
      errors.required(`${path}.ports`)
    if (headless && (type === 'NodePort' || type === 'LoadBalancer'))
      errors.invalid(`${path}.clusterIPs[0]`, clusterIP, `may not be set to 'None' for ${type} services`)
    if (type === 'ExternalName' && !externalName)
      errors.required(`${path}.externalName`)
  },
  /** upstream: validateServicePort */
  ServicePort_name(errors: Errors, { name }: { name?: string }, path: string, { ports = [] }: Scope) {
    if (ports.length > 1 && !name)
      errors.required(`${path}.name`)
  },
  ServiceSpec(errors: Errors, { type, ports = [] }: Scope, path: string) {
    const [names, pairs] = [once(errors), once(errors)]
    const at = (i: number) => `${path}.ports[${i}]`
    if (type === 'ClusterIP')
      ports.forEach(({ nodePort }, i) => nodePort && errors.forbidden(`${at(i)}.nodePort`, 'may not be used when `type` is \'ClusterIP\''))
    ports.forEach(({ protocol, nodePort }, i) => nodePort && names(`${at(i)}.nodePort`, `${protocol}${nodePort}`, nodePort))
    ports.forEach(({ protocol, port }, i) => pairs(at(i), `${protocol}${port}`, { port, protocol }))
  },

  ConfigMap(errors: Errors, draft: DraftOf<'ConfigMap'>) {
    for (const field of ['data', 'binaryData'] as const)
      Object.keys(draft[field] ?? {}).forEach(key => configKey(key).forEach(message => errors.invalid(`${field}[${key}]`, key, message)))
  },
}

/** By the names of types, after all in them; by those of a type and a field, before the field, which `false` leaves out. */
export const CHECKS: Readonly<Record<string, (errors: Errors, object: never, path: string, scope: Scope) => unknown>> = { ...checks, ...workloads }
