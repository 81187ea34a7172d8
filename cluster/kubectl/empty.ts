// Kinds that any cluster has and that hold nothing here: what is known of them.
import type { Kind, Resource } from '../api/objects.ts'

/** What is known of a kind that holds nothing. */
export interface EmptyResource extends Omit<Resource, 'kind'> {
  readonly kind: string
  /** names for many kinds at once, such as `all` */
  readonly categories: readonly string[]
}

// kind, apiVersion, plural, short names, flags (n namespaced), categories
const EMPTY_TABLE = `LimitRange v1 limitranges limits n -
PersistentVolumeClaim v1 persistentvolumeclaims pvc n -
PersistentVolume v1 persistentvolumes pv - -
PodTemplate v1 podtemplates - n -
ReplicationController v1 replicationcontrollers rc n all
ResourceQuota v1 resourcequotas quota n -
Secret v1 secrets - n -
CustomResourceDefinition apiextensions.k8s.io/v1 customresourcedefinitions crd,crds - api-extensions
ControllerRevision apps/v1 controllerrevisions - n -
DaemonSet apps/v1 daemonsets ds n all
StatefulSet apps/v1 statefulsets sts n all
CronJob batch/v1 cronjobs cj n all
Job batch/v1 jobs - n all
IngressClass networking.k8s.io/v1 ingressclasses - - -
Ingress networking.k8s.io/v1 ingresses ing n -
NetworkPolicy networking.k8s.io/v1 networkpolicies netpol n -
PodDisruptionBudget policy/v1 poddisruptionbudgets pdb n -
StorageClass storage.k8s.io/v1 storageclasses sc - -
VolumeAttachment storage.k8s.io/v1 volumeattachments - - -`

const listIn = (text = '-') => text === '-' ? [] : text.split(',')

/** Kinds that any cluster has and that hold nothing here, since nothing runs them: they can be asked for and named, never made. */
export const EMPTY: readonly EmptyResource[] = EMPTY_TABLE.split('\n').map((line) => {
  const [kind = '', apiVersion = '', plural = '', short, flags, categories] = line.split(' ')
  const slash = apiVersion.indexOf('/')
  return {
    kind,
    apiVersion,
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    plural,
    singular: kind.toLowerCase(),
    short: listIn(short),
    namespaced: flags === 'n',
    status: false,
    generation: false,
    categories: listIn(categories),
  }
})

/** What is said of a kind that real clusters have, where one is to be made or explained. */
export const notThere = (kind: string): string => `the kind ${kind} is not there in this cluster: nothing here would run or use one`

/** What is known of a kind that holds nothing; undefined of those that the API server keeps. */
export const emptyOf = (kind: Kind): EmptyResource | undefined => EMPTY.find(each => each.kind === kind)
