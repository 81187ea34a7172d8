// Rules for Services. upstream: ValidateService in pkg/apis/core/validation/validation.go
import type { ServicePort } from 'kubernetes-types/core/v1'
import type { Draft, DraftOf } from '../draft.ts'
import { checkPort } from './container.ts'
import { each, oneOf, unique } from './field.ts'
import type { Errors } from './field.ts'
import { checkLabels } from './meta.ts'
import { dnsLabel, dnsSubdomain, portNumber } from './names.ts'

/** upstream: validateServicePort */
function checkServicePort(errors: Errors, field: string, { name, port = 0, protocol, targetPort }: Draft<ServicePort>, named: boolean, once: (field: string, value: string | undefined) => void) {
  if (named && !name) {
    errors.required(`${field}.name`)
  }
  else if (name) {
    each(errors, `${field}.name`, name, dnsLabel(name))
    once(`${field}.name`, name)
  }
  each(errors, `${field}.port`, port, portNumber(port))
  oneOf(errors, `${field}.protocol`, protocol, ['SCTP', 'TCP', 'UDP'])
  checkPort(errors, `${field}.targetPort`, targetPort)
}

export function checkService(errors: Errors, { spec = {} }: DraftOf<'Service'>): void {
  const { type, ports = [], clusterIP } = spec
  const headless = clusterIP === 'None'
  if (!ports.length && !headless && type !== 'ExternalName')
    errors.required('spec.ports')
  if (headless && (type === 'NodePort' || type === 'LoadBalancer'))
    errors.invalid('spec.clusterIPs[0]', clusterIP, `may not be set to 'None' for ${type} services`)
  if (type === 'ExternalName') {
    if (clusterIP)
      errors.forbidden('spec.clusterIPs', 'may not be set for ExternalName services')
    if (!spec.externalName)
      errors.required('spec.externalName')
    else
      each(errors, 'spec.externalName', spec.externalName, dnsSubdomain(spec.externalName))
  }
  const once = unique(errors)
  ports.forEach((port, i) => checkServicePort(errors, `spec.ports[${i}]`, port, ports.length > 1, once))
  checkLabels(errors, 'spec.selector', spec.selector as Record<string, string> | undefined)
  oneOf(errors, 'spec.sessionAffinity', spec.sessionAffinity, ['ClientIP', 'None'])
  oneOf(errors, 'spec.type', type, ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'])
  if (type === 'ClusterIP') {
    ports.forEach(({ nodePort }, i) => nodePort
      && errors.forbidden(`spec.ports[${i}].nodePort`, 'may not be used when `type` is \'ClusterIP\''))
  }
  const pairs = new Set<string>()
  const nodePorts = new Set<string>()
  ports.forEach(({ protocol, nodePort }, i) => {
    if (nodePort) {
      const id = `${protocol}${nodePort}`
      if (nodePorts.has(id))
        errors.duplicate(`spec.ports[${i}].nodePort`, nodePort)
      nodePorts.add(id)
    }
  })
  ports.forEach(({ port, protocol }, i) => {
    const id = `${protocol}${port}`
    if (pairs.has(id))
      errors.duplicate(`spec.ports[${i}]`, { port, protocol })
    pairs.add(id)
  })
}
