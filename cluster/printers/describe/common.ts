// What describers have in common: dates, events, states of containers. upstream: kubectl describe.go
import type { ContainerState, ContainerStatus, Taint } from 'kubernetes-types/core/v1'
import type { AnyObject, Event } from '../../api/objects.ts'
import { controllerOf } from '../../api/objects.ts'
import type { Server } from '../../api/server.ts'
import { parseStamp, weekday } from '../../timeline/clock.ts'
import { age } from '../pod.ts'
import { annotationLines, labelLines, multiline } from '../template.ts'

/** What a describer may look at. */
export interface Sight { readonly api: Pick<Server, 'get' | 'list'>, readonly now: number, readonly events: boolean }

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** A stamp as `Thu, 01 Jan 2026 00:00:00 +0000`. upstream: time.RFC1123Z */
export function date(stamp: string | undefined): string {
  const ms = parseStamp(stamp)
  if (Number.isNaN(ms))
    return 'Mon, 01 Jan 0001 00:00:00 +0000'
  return `${weekday(ms)}, ${stamp!.slice(8, 10)} ${MONTHS[Number(stamp!.slice(5, 7)) - 1]} ${stamp!.slice(0, 4)} ${stamp!.slice(11, 19)} +0000`
}

/** Name, namespace, labels and annotations, which most begin with. */
export function head({ metadata }: AnyObject): string[] {
  return [`Name:\t${metadata.name}`, ...(metadata.namespace ? [`Namespace:\t${metadata.namespace}`] : []), ...labelLines('Labels', metadata.labels as Record<string, string>), ...annotationLines('Annotations', metadata.annotations as Record<string, string>)]
}

export const controlledBy = (object: AnyObject) => {
  const owner = controllerOf(object)
  return owner ? [`Controlled By:\t${owner.kind}/${owner.name}`] : []
}

/** A table within a description: a title, columns, dashes below them, rows. */
export function block(title: string, columns: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [`${title}:`, `  ${columns.join('\t')}`, `  ${columns.map(name => '-'.repeat(name.length)).join('\t')}`, ...rows.map(cells => `  ${cells.join('\t')}`)]
}

/** Taints in their order. upstream: printTaintsMultilineWithIndent */
export function taintLines(taints: readonly Taint[] = []): string[] {
  const order = ({ effect, key }: Taint) => `${effect},${key}`
  return multiline('Taints', [...taints].sort((a, b) => order(a) < order(b) ? -1 : 1).map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`))
}

const lastOf = ({ series, lastTimestamp, eventTime, firstTimestamp }: Event) => parseStamp(series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? firstTimestamp ?? '') || 0

/** Events in the order of their times, as `kubectl events` has it. upstream: events.SortableEvents */
export const byTime = (a: Event, b: Event): number => lastOf(a) - lastOf(b)

/** Events as a description has them: the newer ones (the scheduler's) have no last stamp and come first. upstream: util/event.SortableEvents */
const byLastStamp = (a: Event, b: Event): number => (parseStamp(a.lastTimestamp) || 0) - (parseStamp(b.lastTimestamp) || 0)

/** When an event was: `3s`, `3s (x4 over 2m)`. */
export function interval({ eventTime, firstTimestamp, lastTimestamp, series, count = 1 }: Event, now: number): string {
  const first = age(eventTime ?? firstTimestamp, now)
  if (series)
    return `${age(series.lastObservedTime, now)} (x${series.count} over ${first})`
  return count > 1 ? `${age(lastTimestamp, now)} (x${count} over ${first})` : first
}

/** What is known of an object's past. upstream: searchEvents, DescribeEvents */
export function eventLines(object: AnyObject, { api, now, events }: Sight): string[] {
  if (!events)
    return []
  const { kind, metadata: { name, uid, namespace } } = object
  const found = api.list('Event', namespace ? { namespace } : {}).filter(({ involvedObject: about }) => about.name === name && about.kind === kind && (!about.uid || about.uid === uid || about.uid === name))
  if (!found.length)
    return ['Events:\t<none>']
  return ['\v', 'Events:', '  Type\tReason\tAge\tFrom\tMessage', '  ----\t------\t----\t----\t-------', ...[...found].sort(byLastStamp).map(event => [
    event.type ?? '',
    event.reason ?? '',
    interval(event, now),
    event.source?.component || (event.reportingComponent ?? ''),
    `${event.involvedObject.fieldPath ? `${event.involvedObject.fieldPath}: ` : ''}${(event.message ?? '').trim()}`,
  ]).map(cells => `  ${cells.join('\t')}`)]
}

/** How a container is, or was. upstream: describeStatus */
function state(title: string, { running, waiting, terminated }: ContainerState): string[] {
  if (running)
    return [`${title}:\tRunning`, `  Started:\t${date(running.startedAt)}`]
  if (!terminated)
    return [`${title}:\tWaiting`, ...(waiting?.reason ? [`  Reason:\t${waiting.reason}`] : [])]
  const { reason, message, exitCode, signal, startedAt, finishedAt } = terminated
  return [
    `${title}:\tTerminated`,
    ...(reason ? [`  Reason:\t${reason}`] : []),
    ...(message ? [`  Message:\t${message}`] : []),
    `  Exit Code:\t${exitCode}`,
    ...(signal ? [`  Signal:\t${signal}`] : []),
    `  Started:\t${date(startedAt)}`,
    `  Finished:\t${date(finishedAt)}`,
  ]
}

/** What is known of a container that has been started. */
export function known(status: ContainerStatus | undefined): { id: string[], image: string[], state: string[] } | undefined {
  return status && {
    id: [`Container ID:\t${status.containerID ?? ''}`],
    image: [`Image ID:\t${status.imageID ?? ''}`],
    state: [
      ...state('State', status.state ?? {}),
      ...(status.lastState?.terminated ? state('Last State', status.lastState) : []),
      `Ready:\t${status.ready ? 'True' : 'False'}`,
      `Restart Count:\t${status.restartCount}`,
    ],
  }
}
