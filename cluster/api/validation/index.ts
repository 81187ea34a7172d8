// What may be written: the rules of every kind, for new objects and for changes.
import { invalid } from '../errors.ts'
import type { DraftOf } from '../draft.ts'
import type { Kind, ObjectOf } from '../objects.ts'
import { gather, oneOf } from './field.ts'
import type { Errors } from './field.ts'
import { checkMeta, immutable } from './meta.ts'
import { configKey, dnsLabel, dnsSubdomain } from './names.ts'
import { checkPodChange, checkPodSpec, checkTaints } from './pod.ts'
import { checkService } from './service.ts'
import { checkAutoscaler, checkDeployment, checkReplicaSet } from './workload.ts'

type Check<K extends Kind> = (errors: Errors, draft: DraftOf<K>, old: ObjectOf<K> | undefined) => void

/** Specifications of Pods that were found right; a ReplicaSet's Pods share one. */
const right = new WeakSet<object>()

const RULES: { [K in Kind]?: Check<K> } = {
  Node: (errors, { spec }) => checkTaints(errors, 'spec.taints', spec?.taints),
  Lease(errors, { spec }) {
    const duration = spec?.leaseDurationSeconds
    if (duration !== undefined && duration <= 0)
      errors.invalid('spec.leaseDurationSeconds', duration, 'must be greater than 0')
  },
  Pod(errors, { spec = {} }, old) {
    if (old) {
      if (spec !== old.spec)
        checkPodChange(errors, spec, old.spec)
      return
    }
    if (right.has(spec))
      return
    const before = errors.causes.length
    checkPodSpec(errors, 'spec', spec)
    if (errors.causes.length === before)
      right.add(spec)
  },
  ReplicaSet(errors, draft, old) {
    if (draft.spec !== old?.spec)
      checkReplicaSet(errors, draft)
    if (old)
      immutable(errors, 'spec.selector', draft.spec?.selector, old.spec.selector)
  },
  Deployment(errors, draft, old) {
    if (draft.spec !== old?.spec)
      checkDeployment(errors, draft)
    if (old)
      immutable(errors, 'spec.selector', draft.spec?.selector, old.spec.selector)
  },
  Service(errors, draft, old) {
    checkService(errors, draft)
    const ip = old?.spec.clusterIP
    if (ip && ip !== 'None' && draft.spec?.type !== 'ExternalName' && draft.spec?.clusterIP !== ip)
      errors.invalid('spec.clusterIPs[0]', [draft.spec?.clusterIP ?? ''], 'may not change once set')
  },
  EndpointSlice(errors, { addressType, endpoints, ports }, old) {
    oneOf(errors, 'addressType', addressType, ['FQDN', 'IPv4', 'IPv6'])
    if (old)
      immutable(errors, 'addressType', addressType, old.addressType)
    if ((endpoints?.length ?? 0) > 1000)
      errors.tooMany('endpoints', endpoints!.length, 1000)
    if ((ports?.length ?? 0) > 100)
      errors.tooMany('ports', ports!.length, 100)
    endpoints?.forEach(({ addresses }, i) => addresses?.length || errors.required(`endpoints[${i}].addresses`, 'must contain at least 1 address'))
  },
  HorizontalPodAutoscaler: checkAutoscaler,
  ConfigMap(errors, draft, old) {
    for (const field of ['data', 'binaryData'] as const) {
      for (const key of Object.keys(draft[field] ?? {}))
        configKey(key).forEach(message => errors.invalid(`${field}[${key}]`, key, message))
    }
    if (old?.immutable) {
      if (!draft.immutable)
        errors.forbidden('immutable', 'field is immutable when `immutable` is set')
      if (JSON.stringify(draft.data) !== JSON.stringify(old.data))
        errors.forbidden('data', 'field is immutable when `immutable` is set')
    }
  },
}

const DNS_LABEL: readonly Kind[] = ['Namespace', 'Service']

/** Refuses what breaks a rule, all of it at once. @throws ApiError Invalid */
export function validate<K extends Kind>(kind: K, draft: DraftOf<K>, old?: ObjectOf<K>): void {
  const errors = gather()
  const metadata = draft.metadata as DraftOf<'Pod'>['metadata']
  if (!old || metadata?.labels !== old.metadata.labels || metadata?.annotations !== old.metadata.annotations || metadata?.finalizers !== old.metadata.finalizers)
    checkMeta(errors, metadata ?? {}, DNS_LABEL.includes(kind) ? dnsLabel : dnsSubdomain)
  ;(RULES[kind] as Check<K> | undefined)?.(errors, draft, old)
  if (errors.causes.length)
    throw invalid(kind, metadata?.name ?? '', errors.causes)
}
