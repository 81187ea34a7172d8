// What the API says of its fields, read from the comments of kubernetes-types: made at build time, never kept in the repository.
import { readFileSync } from 'node:fs'
import ts from 'typescript'
import type { FieldDoc, FieldDocs, TypeDoc } from '../../cluster/kubectl/fielddocs.ts'
import { at } from './paths.ts'

/** Where the types of our kinds stand. The first that has a name wins. */
const FILES = ['core/v1', 'apps/v1', 'autoscaling/v2', 'coordination/v1', 'discovery/v1', 'meta/v1']
const KINDS = ['Namespace', 'Node', 'Lease', 'Pod', 'ReplicaSet', 'Deployment', 'Service', 'EndpointSlice', 'HorizontalPodAutoscaler', 'Event', 'ConfigMap']
/** Names that mean something plain. */
const PLAIN: Readonly<Record<string, string>> = { Time: 'string', MicroTime: 'string', Quantity: 'Quantity', IntOrString: 'IntOrString', FieldsV1: 'FieldsV1', RawExtension: 'Object' }

/** What the API lists as all values of a field, in its order: by type and name. Upstream's types have them as constants, which kubernetes-types leaves out. upstream: +enum */
const EFFECTS = ['NoExecute', 'NoSchedule', 'PreferNoSchedule']
const PROTOCOLS = ['SCTP', 'TCP', 'UDP']
const REACH = ['Cluster', 'Local']
const HEED = ['Honor', 'Ignore']
const LISTED: Readonly<Record<string, readonly string[]>> = {
  'Container.imagePullPolicy': ['Always', 'IfNotPresent', 'Never'],
  'Container.terminationMessagePolicy': ['FallbackToLogsOnError', 'File'],
  'ContainerPort.protocol': PROTOCOLS,
  'DeploymentStrategy.type': ['Recreate', 'RollingUpdate'],
  'EndpointPort.protocol': PROTOCOLS,
  'EndpointSlice.addressType': ['FQDN', 'IPv4', 'IPv6'],
  'EphemeralContainer.imagePullPolicy': ['Always', 'IfNotPresent', 'Never'],
  'EphemeralContainer.terminationMessagePolicy': ['FallbackToLogsOnError', 'File'],
  'HTTPGetAction.scheme': ['HTTP', 'HTTPS'],
  'HostPathVolumeSource.type': ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'],
  'NamespaceStatus.phase': ['Active', 'Terminating'],
  'NodeSelectorRequirement.operator': ['DoesNotExist', 'Exists', 'Gt', 'In', 'Lt', 'NotIn'],
  'NodeStatus.phase': ['Pending', 'Running', 'Terminated'],
  'PodSecurityContext.fsGroupChangePolicy': ['Always', 'OnRootMismatch'],
  'PodSpec.dnsPolicy': ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
  'PodSpec.preemptionPolicy': ['Never', 'PreemptLowerPriority'],
  'PodSpec.restartPolicy': ['Always', 'Never', 'OnFailure'],
  'PodStatus.phase': ['Failed', 'Pending', 'Running', 'Succeeded', 'Unknown'],
  'PodStatus.qosClass': ['BestEffort', 'Burstable', 'Guaranteed'],
  'SeccompProfile.type': ['Localhost', 'RuntimeDefault', 'Unconfined'],
  'ServicePort.protocol': PROTOCOLS,
  'ServiceSpec.externalTrafficPolicy': REACH,
  'ServiceSpec.internalTrafficPolicy': REACH,
  'ServiceSpec.ipFamilyPolicy': ['PreferDualStack', 'RequireDualStack', 'SingleStack'],
  'ServiceSpec.sessionAffinity': ['ClientIP', 'None'],
  'ServiceSpec.type': ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'],
  'Taint.effect': EFFECTS,
  'Toleration.effect': EFFECTS,
  'Toleration.operator': ['Equal', 'Exists'],
  'TopologySpreadConstraint.nodeAffinityPolicy': HEED,
  'TopologySpreadConstraint.nodeTaintsPolicy': HEED,
  'TopologySpreadConstraint.whenUnsatisfiable': ['DoNotSchedule', 'ScheduleAnyway'],
  'VolumeMount.mountPropagation': ['Bidirectional', 'HostToContainer', 'None'],
}

const commentOf = (node: ts.Node): string => ts.getJSDocCommentsAndTags(node).map(each => typeof each.comment === 'string' ? each.comment : ts.getTextOfJSDocComment(each.comment) ?? '').join('\n').trim()

interface Read { readonly written: string, readonly of?: string, readonly options?: readonly string[] }

/** A type as `explain` writes it. */
function read(type: ts.TypeNode | undefined, text: string): Read {
  if (!type)
    return { written: 'Object' }
  if (ts.isTypeReferenceNode(type)) {
    const name = type.typeName.getText()
    if (name === 'Array' || name === 'Record') {
      const inner = read(type.typeArguments?.at(-1), text)
      return { ...inner, written: `${name === 'Array' ? '[]' : 'map[string]'}${inner.written}` }
    }
    return name in PLAIN ? { written: PLAIN[name]! } : { written: name, of: name }
  }
  if (ts.isArrayTypeNode(type)) {
    const inner = read(type.elementType, text)
    return { ...inner, written: `[]${inner.written}` }
  }
  if (ts.isTypeLiteralNode(type)) {
    const index = type.members.find(ts.isIndexSignatureDeclaration)
    return { written: `map[string]${index ? read(index.type, text).written : 'Object'}` }
  }
  if (ts.isUnionTypeNode(type)) {
    const options = type.types.flatMap(each => ts.isLiteralTypeNode(each) && ts.isStringLiteral(each.literal) ? [each.literal.text] : [])
    return options.length === type.types.length ? { written: 'string', options } : { written: 'IntOrString' }
  }
  switch (type.kind) {
    case ts.SyntaxKind.StringKeyword: return { written: 'string' }
    case ts.SyntaxKind.BooleanKeyword: return { written: 'boolean' }
    case ts.SyntaxKind.NumberKeyword: return { written: 'integer' }
    default: return { written: ts.isLiteralTypeNode(type) ? 'string' : 'Object' }
  }
}

/** The documentation of our kinds and of all types within them. */
export function fieldDocs(): FieldDocs {
  const types = new Map<string, TypeDoc>()
  for (const file of FILES) {
    const path = at('node_modules/kubernetes-types', `${file}.d.ts`)
    const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
    for (const statement of source.statements) {
      if (!ts.isInterfaceDeclaration(statement) || types.has(statement.name.text))
        continue
      const fields: Record<string, FieldDoc> = {}
      for (const member of statement.members) {
        if (!ts.isPropertySignature(member))
          continue
        const field = (member.name as ts.Identifier).text
        const { written, of, options = LISTED[`${statement.name.text}.${field}`] } = read(member.type, source.text)
        fields[field] = { type: written, ...(of && { of }), text: commentOf(member), ...(!member.questionToken && { required: true }), ...(options && { options }) }
      }
      types.set(statement.name.text, { text: commentOf(statement), fields })
    }
  }
  // what our kinds do not reach is left out
  const wanted = new Set<string>()
  const visit = (name: string) => {
    if (wanted.has(name) || !types.has(name))
      return
    wanted.add(name)
    Object.values(types.get(name)!.fields).forEach(({ of }) => of && visit(of))
  }
  KINDS.forEach(visit)
  return Object.fromEntries([...wanted].sort().map(name => [name, types.get(name)!]))
}
