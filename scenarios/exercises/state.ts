// What checks read of a cluster: who is there, who is ready, what a Service leads to, said in words where something is missing.
import type { Glance, ObjectOf } from '../../cluster/index.ts'
import { parseStamp } from '../../cluster/index.ts'
import type { Verdict } from './exercise.ts'
import { done, missing } from './exercise.ts'

type Api = Glance['api']
export type Pod = ObjectOf<'Pod'>

export const isReady = ({ metadata, status }: Pod): boolean => !metadata.deletionTimestamp && !!status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True')

/** The Pods of a Deployment that have not been told to stop: those that one of its ReplicaSets owns. */
export function podsOf(api: Api, name: string): readonly Pod[] {
  const found = api.get('Deployment', 'default', name)
  const owned = (kind: 'ReplicaSet' | 'Pod', owner: string) => api.list(kind, { namespace: 'default', owner })
  return found ? owned('ReplicaSet', found.metadata.uid).flatMap(({ metadata }) => owned('Pod', metadata.uid) as readonly Pod[]).filter(({ metadata }) => !metadata.deletionTimestamp) : []
}

/** Whether something was taken away that no file of the exercise makes again, and no verb: who did so has to begin anew. */
export const lost = (api: Api, kind: 'Deployment' | 'Node', name: string): Verdict | undefined => api.get(kind, kind === 'Node' ? '' : 'default', name) ? undefined : missing(`The ${kind === 'Node' ? 'node' : kind} ${name} is gone, and nothing here brings it back. Start over with ↺.`)

/** Whether a Deployment was taken away and made anew since the exercise began: what it served until then is over. @param begin when the exercise begins, virtual ms */
export function anew(api: Api, name: string, begin: number): Verdict | undefined {
  const found = api.get('Deployment', 'default', name)
  return found && parseStamp(found.metadata.creationTimestamp) >= begin ? missing(`This Deployment ${name} is another than the one of the beginning: for a while nobody served. Start over with ↺.`) : undefined
}

/** The first container that a Deployment asks for. */
export const containerOf = (api: Api, name: string) => api.get('Deployment', 'default', name)?.spec.template.spec.containers[0]

/** Whether a Deployment wants so many Pods and has them, all of its last version and ready. */
export function settled(api: Api, name: string, wanted: number): Verdict {
  const found = api.get('Deployment', 'default', name)
  if (!found)
    return missing(`There is no Deployment ${name}.`)
  const { spec: { replicas }, status: { observedGeneration = 0, replicas: there = 0, updatedReplicas = 0, availableReplicas = 0 } } = found
  if (replicas !== wanted)
    return missing(`The Deployment ${name} wants ${replicas === 1 ? '1 Pod' : `${replicas} Pods`}, and should want ${wanted}.`)
  const ready = podsOf(api, name).filter(isReady).length
  if (ready < wanted || availableReplicas < wanted)
    return missing(`${ready === 0 ? 'None' : `Only ${ready}`} of the ${wanted} Pods of ${name} ${ready === 1 ? 'is' : 'are'} ready.`)
  if (there > updatedReplicas || updatedReplicas < wanted)
    return missing(`Not all Pods of ${name} are made from the new template yet.`)
  return observedGeneration < (found.metadata.generation ?? 0) || there > wanted ? missing(`The Deployment ${name} still has more than it wants.`) : done
}

/** Whether a Deployment asks for an image. */
export function runs(api: Api, name: string, image: string): Verdict {
  const asked = containerOf(api, name)?.image
  return asked === image ? done : missing(asked ? `The Deployment ${name} asks for the image ${asked}, not ${image}.` : `There is no Deployment ${name}.`)
}

/** Whether a Service leads from port 80 to all ready Pods of a Deployment, and to no others. */
export function leadsTo(api: Api, service: string, name: string): Verdict {
  const found = api.get('Service', 'default', service)
  if (!found)
    return missing(`There is no Service ${service}.`)
  if (!found.spec.ports?.some(({ port }) => port === 80))
    return missing(`The Service ${service} does not listen on port 80.`)
  const slices = api.list('EndpointSlice', { namespace: 'default', labels: `kubernetes.io/service-name=${service}` })
  const listed = new Set(slices.flatMap(({ endpoints = [], ports = [] }) => ports.some(({ port }) => port === 80) ? endpoints.filter(({ conditions }) => conditions?.ready !== false).map(({ targetRef }) => targetRef?.uid) : []))
  const ready = podsOf(api, name).filter(isReady)
  const reached = ready.filter(({ metadata }) => listed.has(metadata.uid)).length
  if (!ready.length)
    return missing(`No Pod of ${name} is ready.`)
  if (reached === 0 && listed.size)
    return missing(`The Service ${service} leads to ${listed.size === 1 ? '1 Pod that has' : `${listed.size} Pods that have`} left ${name}: a changed label lets a Pod go.`)
  if (reached < ready.length)
    return missing(`The Service ${service} leads to ${reached === 0 ? 'none' : `only ${reached}`} of the ${ready.length} Pods of ${name}${slices.some(({ endpoints }) => endpoints?.length) && listed.size === 0 ? ' on the port on which they listen' : ''}.`)
  return listed.size > ready.length ? missing(`The Service ${service} leads to Pods that do not belong to ${name}, too.`) : done
}
