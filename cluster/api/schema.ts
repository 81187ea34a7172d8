// The fields of the API's types: what strict decoding, merging by key and defaulting go by.

/**
 * A field's name, then its type:
 * nothing a string, `#` int32, `##` int64, `?` bool, `$` quantity, `@` stamp, `%` number or text, `*` anything, `:Type` an object, `{}` or `{$}` a map of strings or quantities;
 * then `[]` a list replaced as a whole, `[key]` one merged by that key of its items, `[+]` one whose plain items are merged;
 * then `&` where zero, false and empty mean something (a pointer in Go), `!` where a patch keeps only the fields it names.
 */
const TABLE = `Namespace spec:NamespaceSpec
NamespaceSpec finalizers[]
ObjectMeta creationTimestamp@ deletionGracePeriodSeconds##& deletionTimestamp@ finalizers[+] generateName generation## labels{} annotations{} managedFields*[] name namespace ownerReferences:OwnerReference[uid] resourceVersion selfLink uid
OwnerReference apiVersion blockOwnerDeletion?& controller?& kind name uid
Node spec:NodeSpec status*
NodeSpec configSource* externalID podCIDR podCIDRs[+] providerID taints:Taint[] unschedulable?
Taint effect key timeAdded@ value
Lease spec:LeaseSpec
LeaseSpec acquireTime@ holderIdentity leaseDurationSeconds#& leaseTransitions#& preferredHolder renewTime@ strategy
Pod spec:PodSpec
PodSpec activeDeadlineSeconds##& affinity:Affinity automountServiceAccountToken?& containers:Container[name] dnsConfig:PodDNSConfig dnsPolicy enableServiceLinks?& ephemeralContainers:Container[name] hostAliases:HostAlias[ip] hostIPC? hostNetwork? hostPID? hostUsers?& hostname hostnameOverride imagePullSecrets:LocalObjectReference[name] initContainers:Container[name] nodeName nodeSelector{} os:PodOS overhead{$} preemptionPolicy priority#& priorityClassName readinessGates:PodReadinessGate[] resourceClaims*[name] resources:ResourceRequirements restartPolicy runtimeClassName schedulerName schedulingGates:PodSchedulingGate[name] securityContext:PodSecurityContext serviceAccount serviceAccountName setHostnameAsFQDN?& shareProcessNamespace?& subdomain terminationGracePeriodSeconds##& tolerations:Toleration[] topologySpreadConstraints:TopologySpreadConstraint[topologyKey] volumes:Volume[name]!
Affinity nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAffinity
NodeAffinity preferredDuringSchedulingIgnoredDuringExecution:PreferredSchedulingTerm[] requiredDuringSchedulingIgnoredDuringExecution:NodeSelector
PreferredSchedulingTerm preference:NodeSelectorTerm weight#
NodeSelectorTerm matchExpressions:LabelSelectorRequirement[] matchFields:LabelSelectorRequirement[]
NodeSelector nodeSelectorTerms:NodeSelectorTerm[]
PodAffinity preferredDuringSchedulingIgnoredDuringExecution:WeightedPodAffinityTerm[] requiredDuringSchedulingIgnoredDuringExecution:PodAffinityTerm[]
WeightedPodAffinityTerm podAffinityTerm:PodAffinityTerm weight#
PodAffinityTerm labelSelector:LabelSelector matchLabelKeys[] mismatchLabelKeys[] namespaceSelector:LabelSelector namespaces[] topologyKey
LabelSelector matchLabels{} matchExpressions:LabelSelectorRequirement[]
LabelSelectorRequirement key operator values[]
Container args[] command[] env:EnvVar[name] envFrom:EnvFromSource[] image imagePullPolicy lifecycle:Lifecycle livenessProbe:Probe name ports:ContainerPort[containerPort] readinessProbe:Probe resizePolicy:ContainerResizePolicy[] resources:ResourceRequirements restartPolicy restartPolicyRules*[] securityContext:SecurityContext startupProbe:Probe stdin? stdinOnce? targetContainerName terminationMessagePath terminationMessagePolicy tty? volumeDevices:VolumeDevice[devicePath] volumeMounts:VolumeMount[mountPath] workingDir
EnvVar name value valueFrom:EnvVarSource
EnvVarSource configMapKeyRef:KeySelector fieldRef:ObjectFieldSelector fileKeyRef* resourceFieldRef:ResourceFieldSelector secretKeyRef:KeySelector
KeySelector key name optional?&
ObjectFieldSelector apiVersion fieldPath
ResourceFieldSelector containerName divisor$ resource
EnvFromSource configMapRef:EnvSource prefix secretRef:EnvSource
EnvSource name optional?&
Lifecycle postStart:Handler preStop:Handler stopSignal
Handler exec:ExecAction httpGet:HTTPGetAction sleep:SleepAction tcpSocket:TCPSocketAction
ExecAction command[]
HTTPGetAction host httpHeaders:NameValue[] path port% scheme
NameValue name value
SleepAction seconds##&
TCPSocketAction host port%
Probe exec:ExecAction failureThreshold# grpc:GRPCAction httpGet:HTTPGetAction initialDelaySeconds# periodSeconds# successThreshold# tcpSocket:TCPSocketAction terminationGracePeriodSeconds##& timeoutSeconds#
GRPCAction port# service&
ContainerPort containerPort# hostIP hostPort# name protocol
ContainerResizePolicy resourceName restartPolicy
ResourceRequirements claims*[] limits{$} requests{$}
SecurityContext allowPrivilegeEscalation?& appArmorProfile:Profile capabilities:Capabilities privileged?& procMount readOnlyRootFilesystem?& runAsGroup##& runAsNonRoot?& runAsUser##& seLinuxOptions* seccompProfile:Profile windowsOptions*
Profile localhostProfile type
Capabilities add[] drop[]
VolumeDevice devicePath name
VolumeMount mountPath mountPropagation name readOnly? recursiveReadOnly subPath subPathExpr
PodDNSConfig nameservers[] options:NameValue[] searches[]
HostAlias hostnames[] ip
LocalObjectReference name
PodOS name
PodReadinessGate conditionType
PodSchedulingGate name
PodSecurityContext appArmorProfile:Profile fsGroup##& fsGroupChangePolicy runAsGroup##& runAsNonRoot?& runAsUser##& seLinuxChangePolicy seLinuxOptions* seccompProfile:Profile supplementalGroups##[] supplementalGroupsPolicy sysctls:NameValue[] windowsOptions*
Toleration effect key operator tolerationSeconds##& value
TopologySpreadConstraint labelSelector:LabelSelector matchLabelKeys[] maxSkew# minDomains#& nodeAffinityPolicy nodeTaintsPolicy topologyKey whenUnsatisfiable
Volume awsElasticBlockStore* azureDisk* azureFile* cephfs* cinder* configMap:ConfigVolumeSource csi* downwardAPI* emptyDir:EmptyDirVolumeSource ephemeral* fc* flexVolume* gcePersistentDisk* gitRepo* glusterfs* hostPath:HostPathVolumeSource image* iscsi* name nfs* persistentVolumeClaim:PersistentVolumeClaimVolumeSource portworxVolume* projected* quobyte* rbd* scaleIO* secret:ConfigVolumeSource storageos* vsphereVolume*
ConfigVolumeSource defaultMode#& items:KeyToPath[] name optional?& secretName
KeyToPath key mode#& path
EmptyDirVolumeSource medium sizeLimit$
HostPathVolumeSource path type
PersistentVolumeClaimVolumeSource claimName readOnly?
ReplicaSet spec:ReplicaSetSpec
ReplicaSetSpec minReadySeconds# replicas#& selector:LabelSelector template:PodTemplateSpec
PodTemplateSpec metadata:ObjectMeta spec:PodSpec
Deployment spec:DeploymentSpec
DeploymentSpec minReadySeconds# paused? progressDeadlineSeconds#& replicas#& revisionHistoryLimit#& selector:LabelSelector strategy:DeploymentStrategy! template:PodTemplateSpec
DeploymentStrategy rollingUpdate:RollingUpdateDeployment type
RollingUpdateDeployment maxSurge% maxUnavailable%
Service spec:ServiceSpec
ServiceSpec allocateLoadBalancerNodePorts?& clusterIP clusterIPs[] externalIPs[] externalName externalTrafficPolicy healthCheckNodePort# internalTrafficPolicy ipFamilies[] ipFamilyPolicy loadBalancerClass loadBalancerIP loadBalancerSourceRanges[] ports:ServicePort[port] publishNotReadyAddresses? selector{} sessionAffinity sessionAffinityConfig:SessionAffinityConfig trafficDistribution type
ServicePort appProtocol name nodePort# port# protocol targetPort%
SessionAffinityConfig clientIP:ClientIPConfig
ClientIPConfig timeoutSeconds#&
EndpointSlice addressType endpoints:Endpoint[]& ports:EndpointPort[]&
Endpoint addresses[]& conditions:EndpointConditions deprecatedTopology{} hints* hostname nodeName targetRef:ObjectReference zone
EndpointConditions ready?& serving?& terminating?&
ObjectReference apiVersion fieldPath kind name namespace resourceVersion uid
EndpointPort appProtocol name& port#& protocol
HorizontalPodAutoscaler spec:HorizontalPodAutoscalerSpec
HorizontalPodAutoscalerSpec behavior:HorizontalPodAutoscalerBehavior maxReplicas# metrics:MetricSpec[] minReplicas#& scaleTargetRef:CrossVersionObjectReference
HorizontalPodAutoscalerBehavior scaleDown:HPAScalingRules scaleUp:HPAScalingRules
HPAScalingRules policies:HPAScalingPolicy[] selectPolicy stabilizationWindowSeconds#& tolerance$
HPAScalingPolicy periodSeconds# type value#
MetricSpec containerResource:ContainerResourceMetricSource external:ExternalMetricSource object:ObjectMetricSource pods:PodsMetricSource resource:ResourceMetricSource type
ContainerResourceMetricSource container name target:MetricTarget
MetricTarget averageUtilization#& averageValue$ type value$
ExternalMetricSource metric:MetricIdentifier target:MetricTarget
MetricIdentifier name selector:LabelSelector
ObjectMetricSource describedObject:CrossVersionObjectReference metric:MetricIdentifier target:MetricTarget
CrossVersionObjectReference apiVersion kind name
PodsMetricSource metric:MetricIdentifier target:MetricTarget
ResourceMetricSource name target:MetricTarget
Event action count# eventTime@ firstTimestamp@ involvedObject:ObjectReference lastTimestamp@ message reason related:ObjectReference reportingComponent reportingInstance series* source:EventSource type
EventSource component host
ConfigMap binaryData{} data{} immutable?&
Scale spec:ScaleSpec
ScaleSpec replicas#`

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
}
export type Fields = ReadonlyMap<string, Field>

const CODES: Readonly<Record<string, string>> = { '': 'string', '#': 'int32', '##': 'int64', '?': 'bool', '$': 'quantity', '@': 'time', '%': 'intstr', '*': 'any' }

function parseField(text: string): Field {
  const [, name, type = '', map, list = '', flags] = /^(\w+)(:\w+|##?|[?$@%*])?(\{\$?\})?(\[[\w+]*\])?([&!]*)$/.exec(text)!
  return {
    name: name!,
    type: map ? CODES[map === '{$}' ? '$' : '']! : type.startsWith(':') ? type.slice(1) : CODES[type]!,
    object: type.startsWith(':'),
    map: map !== undefined,
    list: list !== '',
    mergeKey: list.slice(1, -1) || undefined,
    keepsEmpty: flags!.includes('&'),
    retainKeys: flags!.includes('!'),
  }
}

const types = new Map<string, Fields>()
for (const line of TABLE.split('\n')) {
  const [name, ...fields] = line.split(' ')
  types.set(name!, new Map(fields.map(text => [text.match(/^\w+/)![0], parseField(text)])))
}

const TOP: Fields = new Map(['apiVersion', 'kind', 'metadata:ObjectMeta', 'status*'].map(text => [text.match(/^\w+/)![0], parseField(text)]))
for (const kind of ['Namespace', 'Node', 'Lease', 'Pod', 'ReplicaSet', 'Deployment', 'Service', 'EndpointSlice', 'HorizontalPodAutoscaler', 'Event', 'ConfigMap', 'Scale'])
  types.set(kind, new Map([...TOP, ...types.get(kind)!]))

/** The fields of a type or kind. */
export function fieldsOf(type: string): Fields {
  return types.get(type)!
}
