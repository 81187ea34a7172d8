// The API's types in one table: what decoding, rules and merging by key go by.
import { RESOURCES } from './objects.ts'

/**
 * A field's name, then its type:
 * nothing a string, `#` int32, `##` int64, `?` bool, `$` quantity, `@` stamp, `%` number or text, `*` anything, `:Type` an object,
 * `{}` or `{$}` a map of strings or quantities;
 * then `[]` a list replaced as a whole, `[key]` one merged by that key of its items, `[+]` one whose plain items are merged;
 * then `&` where zero, false and empty mean something (a pointer in Go), `!` where a patch keeps only the fields it names;
 * then `~` and its rules: `r` required, `n` not negative, `p` a port, `P` a port or its name, `l` `s` `q` `e` names (label, subdomain, qualified, of a variable),
 * `u` unique among its list (`m`: said in other words),
 * `L` labels, `A` annotations, or all that it may be.
 * Fields that have rules stand in the order in which upstream checks them. A line that is indented goes on with the type before.
 */
const TABLE = `Namespace spec:NamespaceSpec
NamespaceSpec finalizers[]
ObjectMeta labels{}~L annotations{}~A creationTimestamp@ deletionGracePeriodSeconds##& deletionTimestamp@ finalizers[+] generateName generation##
  managedFields*[] name namespace ownerReferences:OwnerReference[uid] resourceVersion selfLink uid
OwnerReference apiVersion blockOwnerDeletion?& controller?& kind name uid
Node spec:NodeSpec
NodeSpec podCIDR podCIDRs[+] providerID taints:Taint[] unschedulable?
Taint key~q value~v effect~(NoSchedule|PreferNoSchedule|NoExecute) timeAdded@
Lease spec*
Pod spec:PodSpec
PodSpec volumes:Volume[name]! containers:Container[name]~r initContainers:Container[name] ephemeralContainers*[name]
  resources:ResourceRequirements restartPolicy~(Always|OnFailure|Never) dnsPolicy~(ClusterFirstWithHostNet|ClusterFirst|Default|None) nodeSelector{}~L affinity:Affinity
  schedulingGates*[name] topologySpreadConstraints:TopologySpreadConstraint[topologyKey] serviceAccountName~s nodeName~s activeDeadlineSeconds##&
  hostname~l subdomain~l tolerations:Toleration[] automountServiceAccountToken?& dnsConfig* enableServiceLinks?& hostAliases*[ip] hostIPC?
  hostNetwork? hostPID? hostUsers?& hostnameOverride imagePullSecrets*[name] os* overhead{$} preemptionPolicy priority#& priorityClassName
  readinessGates*[] resourceClaims*[name] runtimeClassName schedulerName securityContext* serviceAccount
  setHostnameAsFQDN?& shareProcessNamespace?& terminationGracePeriodSeconds##&
Affinity nodeAffinity:NodeAffinity podAffinity* podAntiAffinity*
NodeAffinity requiredDuringSchedulingIgnoredDuringExecution:NodeSelector preferredDuringSchedulingIgnoredDuringExecution:PreferredSchedulingTerm[]
PreferredSchedulingTerm weight# preference:NodeSelectorTerm
NodeSelector nodeSelectorTerms:NodeSelectorTerm[]
NodeSelectorTerm matchExpressions:NodeSelectorRequirement[] matchFields:NodeSelectorRequirement[]
NodeSelectorRequirement values[] operator key~q
LabelSelector matchLabels{}~L matchExpressions:LabelSelectorRequirement[]
LabelSelectorRequirement values[] operator key~q
Container name~rl image~r terminationMessagePolicy~(File|FallbackToLogsOnError) terminationMessagePath ports:ContainerPort[containerPort]
  env:EnvVar[name] envFrom*[] volumeMounts:VolumeMount[mountPath] imagePullPolicy~(Always|IfNotPresent|Never) resources:ResourceRequirements
  lifecycle:Lifecycle livenessProbe:Probe readinessProbe:Probe startupProbe:Probe args[] command[] resizePolicy*[] restartPolicy restartPolicyRules*[]
  securityContext* stdin? stdinOnce? tty? volumeDevices*[devicePath] workingDir
ContainerPort name~Nu containerPort#~rp hostIP hostPort#~p protocol~(SCTP|TCP|UDP)
EnvVar name~re value valueFrom:EnvVarSource
EnvVarSource fieldRef:ObjectFieldSelector resourceFieldRef* configMapKeyRef:KeySelector secretKeyRef:KeySelector fileKeyRef*
KeySelector name~r key~r optional?&
ObjectFieldSelector apiVersion fieldPath~r
VolumeMount name~r mountPath~rm mountPropagation readOnly? recursiveReadOnly subPath subPathExpr
ResourceRequirements claims*[] limits{$} requests{$}
Lifecycle postStart:LifecycleHandler preStop:LifecycleHandler stopSignal
LifecycleHandler exec:ExecAction httpGet:HTTPGetAction tcpSocket:TCPSocketAction sleep:SleepAction
Probe exec:ExecAction httpGet:HTTPGetAction tcpSocket:TCPSocketAction grpc:GRPCAction initialDelaySeconds#~n timeoutSeconds#~n periodSeconds#~n
  successThreshold#~n failureThreshold#~n terminationGracePeriodSeconds##&
ExecAction command[]~r
HTTPGetAction path port%~P host scheme~(HTTP|HTTPS) httpHeaders*[]
SleepAction seconds##&
TCPSocketAction port%~P host
GRPCAction port#~P service&
Toleration key~q operator value effect tolerationSeconds##&
TopologySpreadConstraint maxSkew# topologyKey~r whenUnsatisfiable~(DoNotSchedule|ScheduleAnyway) minDomains#& labelSelector:LabelSelector
  matchLabelKeys[] nodeAffinityPolicy nodeTaintsPolicy
Volume name~rlu configMap* csi* downwardAPI* emptyDir* ephemeral* hostPath* image* nfs* persistentVolumeClaim* projected* secret*
ReplicaSet spec:ReplicaSetSpec
ReplicaSetSpec replicas#&~n minReadySeconds#~n selector:LabelSelector~r template:PodTemplateSpec
PodTemplateSpec metadata:ObjectMeta spec:PodSpec
Deployment spec:DeploymentSpec
DeploymentSpec replicas#&~n selector:LabelSelector~r template:PodTemplateSpec strategy:DeploymentStrategy! minReadySeconds#~n revisionHistoryLimit#&~n
  progressDeadlineSeconds#&~n paused?
DeploymentStrategy type rollingUpdate:RollingUpdateDeployment
RollingUpdateDeployment maxUnavailable% maxSurge%
Service spec:ServiceSpec
ServiceSpec ports:ServicePort[port] selector{}~L sessionAffinity~(ClientIP|None) type~(ClusterIP|ExternalName|LoadBalancer|NodePort)
  allocateLoadBalancerNodePorts?& clusterIP clusterIPs[] externalIPs[] externalName externalTrafficPolicy healthCheckNodePort# internalTrafficPolicy
  ipFamilies[] ipFamilyPolicy loadBalancerClass loadBalancerIP loadBalancerSourceRanges[] publishNotReadyAddresses? sessionAffinityConfig*
  trafficDistribution
ServicePort name~lu port#~P protocol~(SCTP|TCP|UDP) targetPort%~P nodePort# appProtocol
EndpointSlice addressType~(FQDN|IPv4|IPv6) endpoints*[]& ports:EndpointPort[]&
EndpointPort appProtocol name& port#& protocol~(SCTP|TCP|UDP)
HorizontalPodAutoscaler spec:HorizontalPodAutoscalerSpec
HorizontalPodAutoscalerSpec minReplicas#& maxReplicas# scaleTargetRef:CrossVersionObjectReference metrics:MetricSpec[] behavior:HorizontalPodAutoscalerBehavior
HorizontalPodAutoscalerBehavior scaleUp:HPAScalingRules scaleDown:HPAScalingRules
HPAScalingRules stabilizationWindowSeconds#& selectPolicy~(Disabled|Max|Min) policies:HPAScalingPolicy[] tolerance$
HPAScalingPolicy type~(Percent|Pods) value# periodSeconds#
MetricSpec type~(ContainerResource|External|Object|Pods|Resource) containerResource* external* object* pods* resource:ResourceMetricSource
ResourceMetricSource name~r target:MetricTarget
MetricTarget type~(Utilization|Value|AverageValue) value$ averageValue$ averageUtilization#&
CrossVersionObjectReference kind~r name~r apiVersion
Event action count# eventTime@ firstTimestamp@ involvedObject* lastTimestamp@ message reason related* reportingComponent reportingInstance series* source* type
ConfigMap binaryData{} data{} immutable?&`

export interface Field {
  readonly name: string
  /** string, int32, int64, bool, quantity, time, intstr, any, or the name of an object's type */
  readonly type: string
  readonly object: boolean
  readonly map: boolean
  readonly list: boolean
  /** the key by which a list's items are merged; '+' where the items themselves are */
  readonly mergeKey?: string
  readonly keepsEmpty: boolean
  readonly retainKeys: boolean
  /** all that it may be */
  readonly options?: readonly string[]
  readonly rules: string
}
export type Fields = ReadonlyMap<string, Field>

const CODES: Readonly<Record<string, string>> = { '': 'string', '#': 'int32', '##': 'int64', '?': 'bool', '$': 'quantity', '@': 'time', '%': 'intstr', '*': 'any' }

function parseField(text: string): [string, Field] {
  const [, name = '', type = '', map, list = '', flags = '', rules = ''] = /^(\w+)(:\w+|##?|[?$@%*])?(\{\$?\})?(\[[\w+]*\])?([&!]*)(?:~(.*))?$/.exec(text)!
  return [name, {
    name,
    type: map ? CODES[map === '{$}' ? '$' : '']! : type.startsWith(':') ? type.slice(1) : CODES[type]!,
    object: type.startsWith(':'),
    map: map !== undefined,
    list: list !== '',
    mergeKey: list.slice(1, -1) || undefined,
    keepsEmpty: flags.includes('&'),
    retainKeys: flags.includes('!'),
    options: rules.startsWith('(') ? rules.slice(1, -1).split('|') : undefined,
    rules: rules.startsWith('(') ? '' : rules,
  }]
}

function read(line: string): [string, Fields] {
  const [name = '', ...fields] = line.split(/\s+/)
  // a kind's name is not its group's: those that stand by themselves have metadata and a status
  const top = name in RESOURCES ? ['apiVersion', 'kind', 'metadata:ObjectMeta', 'status*'] : []
  return [name, new Map([...fields, ...top].map(parseField))]
}

/** The table as it is read; not before somebody asks, so that a page without the gate does not have it. */
let types: ReadonlyMap<string, Fields> | undefined

/** The fields of a type or kind. */
export function fieldsOf(type: string): Fields {
  types ??= new Map(TABLE.split(/\n(?! )/).map(read))
  return types.get(type)!
}
