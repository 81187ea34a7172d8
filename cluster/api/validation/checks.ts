// Rules that hang on more than one field, by type. upstream: pkg/apis/{core,apps,autoscaling,discovery}/validation
import type { Container, EnvVar, LifecycleHandler, NodeSelectorTerm, Probe, Taint, Toleration, TopologySpreadConstraint } from 'kubernetes-types/core/v1'
import type { LabelSelectorRequirement } from 'kubernetes-types/meta/v1'
import type { Draft, DraftOf } from '../draft.ts'
import type { PodSpec } from '../objects.ts'
import { compareQuantities, parseQuantity } from '../quantity.ts'
import type { Errors } from './field.ts'
import { configKey, labelValue, qualifiedName } from './names.ts'
import type { Scope } from './walk.ts'
import { workloads } from './workloads.ts'

type Check<T> = (errors: Errors, object: Draft<T>, path: string, scope: Scope) => void

const IN = 'must be specified when `operator` is \'In\' or \'NotIn\''
const EXISTS = 'may not be specified when `operator` is \'Exists\' or \'DoesNotExist\''

/** upstream: ValidateLabelSelectorRequirement, ValidateNodeSelectorRequirement */
const requirement = (node: boolean): Check<LabelSelectorRequirement> => (errors, { operator = '', values = [] }, path) => {
  if (operator === 'In' || operator === 'NotIn')
    values.length || errors.required(`${path}.values`, IN)
  else if (operator === 'Exists' || operator === 'DoesNotExist')
    values.length && errors.forbidden(`${path}.values`, EXISTS)
  else if (node && (operator === 'Gt' || operator === 'Lt'))
    values.length === 1 || errors.required(`${path}.values`, 'must be specified single value when `operator` is \'Lt\' or \'Gt\'')
  else
    errors.invalid(`${path}.operator`, operator, 'not a valid selector operator')
  if (!node)
    values.forEach((value, i) => labelValue(value).forEach(message => errors.invalid(`${path}.values[${i}]`, value, message)))
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

/** upstream: validateHandler */
const handler: Check<LifecycleHandler & Probe> = (errors, given, path, { grace }) => {
  const [first, ...more] = HANDLERS.filter(kind => given[kind])
  if (!first)
    errors.required(path, 'must specify a handler type')
  more.forEach(kind => errors.forbidden(`${path}.${kind}`, 'may not specify more than 1 handler type'))
  const seconds = given.sleep?.seconds ?? 0
  if (seconds < 0 || seconds > grace)
    errors.invalid(`${path}.sleep`, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${grace})`)
}

/** upstream: validateProbe, validateLivenessProbe, validateReadinessProbe */
const probe: Check<Probe> = (errors, given, path, scope) => {
  handler(errors, given, path, scope)
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

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

const checks = {
  LabelSelectorRequirement: requirement(false),
  NodeSelectorRequirement: requirement(true),

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
  PreferredSchedulingTerm(errors: Errors, { weight = 0 }: { weight?: number }, path: string) {
    if (weight < 1 || weight > 100)
      errors.invalid(`${path}.weight`, weight, 'must be in the range 1-100')
  },
  TopologySpreadConstraint(errors: Errors, { maxSkew = 0, minDomains = 1 }: Draft<TopologySpreadConstraint>, path: string) {
    for (const [name, value] of [['maxSkew', maxSkew], ['minDomains', minDomains]] as const)
      value > 0 || errors.invalid(`${path}.${name}`, value, 'must be greater than zero')
  },

  /** upstream: ValidateVolumeMounts */
  VolumeMount(errors: Errors, { name }: { name?: string }, path: string, { volumes }: Scope) {
    if (name && !volumes.has(name))
      errors.notFound(`${path}.name`, name)
  },

  /** upstream: ValidateEnv */
  EnvVar(errors: Errors, { name = 'x', value, valueFrom }: Draft<EnvVar>, path: string) {
    // eslint-disable-next-line regexp/no-obscure-range -- all of printable ASCII but the equals sign
    if (!/^[ -<>-~]+$/.test(name))
      errors.invalid(`${path}.name`, name, 'a valid environment variable name must consist only of printable ASCII characters other than \'=\'')
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

  LifecycleHandler: handler,
  Probe: probe,

  /** upstream: validateContainerCommon, validateInitContainers */
  Container(errors: Errors, container: Draft<Container>, path: string) {
    const { image, volumeMounts } = container
    if (image && image !== image.trim())
      errors.invalid(`${path}.image`, image, 'must not have leading or trailing whitespace')
    const points = new Set<string | undefined>()
    volumeMounts?.forEach(({ mountPath }, i) => {
      if (mountPath && points.has(mountPath))
        errors.invalid(`${path}.volumeMounts[${i}].mountPath`, mountPath, 'must be unique')
      points.add(mountPath)
    })
  },

  /** upstream: ValidatePodSpec */
  PodSpec(errors: Errors, { containers, hostNetwork, activeDeadlineSeconds: deadline = 1, topologySpreadConstraints }: Draft<PodSpec>, path: string) {
    const twice = once(errors)
    containers?.forEach((container, i) => container.ports?.forEach(({ hostPort, containerPort, protocol, hostIP }, j) => {
      const at = `${path}.containers[${i}].ports[${j}].hostPort`
      if (hostPort)
        twice(at, `${protocol}/${hostIP ?? ''}/${hostPort}`)
      if (hostNetwork && hostPort !== containerPort)
        errors.invalid(at, hostPort ?? 0, 'must match `containerPort` when `hostNetwork` is true')
    }))
    const pairs = once(errors)
    topologySpreadConstraints?.forEach(({ topologyKey, whenUnsatisfiable }, i) => pairs(`${path}.topologySpreadConstraints[${i}].{topologyKey, whenUnsatisfiable}`, `{${topologyKey}, ${whenUnsatisfiable}}`))
    if (deadline < 1 || deadline > 0x7FFF_FFFF)
      errors.invalid(`${path}.activeDeadlineSeconds`, deadline, 'must be between 1 and 2147483647, inclusive')
  },

  /** upstream: ValidateService */
  ServiceSpec(errors: Errors, { type, ports = [], clusterIP, externalName }: NonNullable<DraftOf<'Service'>['spec']>, path: string) {
    const headless = clusterIP === 'None'
    if (!ports.length && !headless && type !== 'ExternalName')
      errors.required(`${path}.ports`)
    if (headless && (type === 'NodePort' || type === 'LoadBalancer'))
      errors.invalid(`${path}.clusterIPs[0]`, clusterIP, `may not be set to 'None' for ${type} services`)
    if (type === 'ExternalName' && !externalName)
      errors.required(`${path}.externalName`)
    const [names, pairs] = [once(errors), once(errors)]
    ports.forEach(({ name, port, protocol, nodePort }, i) => {
      const at = `${path}.ports[${i}]`
      if (ports.length > 1 && !name)
        errors.required(`${at}.name`)
      if (nodePort && type === 'ClusterIP')
        errors.forbidden(`${at}.nodePort`, 'may not be used when `type` is \'ClusterIP\'')
      if (nodePort)
        names(`${at}.nodePort`, `${protocol}${nodePort}`, nodePort)
      pairs(at, `${protocol}${port}`, { port, protocol })
    })
  },

  ConfigMap(errors: Errors, draft: DraftOf<'ConfigMap'>) {
    for (const field of ['data', 'binaryData'] as const)
      Object.keys(draft[field] ?? {}).forEach(key => configKey(key).forEach(message => errors.invalid(`${field}[${key}]`, key, message)))
  },
}

/** By the names of types. */
export const CHECKS: Readonly<Record<string, (errors: Errors, object: never, path: string, scope: Scope) => unknown>> = { ...checks, ...workloads }
