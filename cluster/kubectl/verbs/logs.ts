// kubectl logs: what the programs in containers said. upstream: kubectl pkg/cmd/logs
import type { Container } from 'kubernetes-types/core/v1'
import { ApiError, badRequest } from '../../api/errors.ts'
import type { AnyObject, Pod } from '../../api/objects.ts'
import { expand } from '../../node/environment.ts'
import { containersOf } from '../../node/process.ts'
import { imageParts, isPrompt, programOf } from '../../node/programs/program.ts'
import { fillIn } from '../../node/programs/loops.ts'
import { scriptOf, shellWords } from '../../node/programs/script.ts'
import type { Said } from '../../node/programs/script.ts'
import { microStamp, parseStamp, stamp } from '../../timeline/clock.ts'
import type { Call, Command } from '../command.ts'
import { Failure, misused } from '../errors.ts'
import { flagSet } from '../flags.ts'
import type { Parsed } from '../flags.ts'
import { containerNames, defaultContainer, podOrNamed, podsBehind } from '../inside/behind.ts'
import { runProgram } from '../inside/shell.ts'
import { environment, processOf, unreachable } from '../inside/where.ts'
import type { Where } from '../inside/where.ts'
import type { Io, Plain, Waiting } from '../io.ts'
import { timeOf } from '../rfc3339.ts'
import { listOf } from '../resources.ts'

interface Line { readonly at: number, readonly text: string }

const MiB = 1024 * 1024

/** More lines than this are not kept. */
const KEPT = 1000

/** What a container's own command says; its variables and the date are those of the container. */
function linesOfCommand(where: Where, argv: readonly string[], started: number, until: number): Line[] {
  const { said, round } = scriptOf(argv.some(each => each.includes('$(')) ? argv.map(each => expand(each, environment(where))) : argv)
  const say = ({ words, text = '' }: Said, at: number): Line[] => {
    const [name = '', ...more] = words ?? shellWords(fillIn(text.replace(/\$\(date\)|`date`/g, stamp(at)), environment(where))).words
    const out = name === 'date' ? `${stamp(at)}\n` : runProgram(where, [name, ...more])?.out ?? ''
    return out.replace(/\n$/, '').split('\n').map(line => ({ at, text: line }))
  }
  const lines = said.flatMap(each => say(each, started + each.after))
  // one that says without end and never waits is not listened to for ever
  for (let turn = 0; round?.said.length && lines.length < KEPT; turn++) {
    // a first turn may take for ever: 0 × Infinity is no time
    const begun = started + round.from + (turn && turn * (round.every || 1000))
    if (begun > until)
      break
    lines.push(...round.said.flatMap(each => say(each, begun + each.after)))
  }
  return lines.filter(({ at }) => at <= until)
}

/** What a program says from its start until a time or its end. It follows from what the program does, and says nothing that it does not do. */
export function linesOf(where: Where, { image = '', command = [], args = [] }: Container, started: number, until: number, ended?: { at: number, code: number }): Line[] {
  const words = [...command, ...args]
  if (words.length)
    return linesOfCommand(where, words, started, ended?.at ?? until)
  const program = programOf(image)
  const { name, tag } = imageParts(image)
  // who waits for what is typed says nothing
  if (isPrompt(image))
    return []
  const lines: Line[] = [{ at: started, text: `${name} ${tag}: starting` }]
  if (program.runs === Infinity)
    lines.push({ at: started + program.boot, text: 'ready to answer' })
  if (program.failsAfter < Infinity)
    lines.push({ at: started + Math.max(program.boot, program.failsAfter), text: 'error: from now on, every request fails' })
  if (program.calls)
    lines.push({ at: started + program.boot, text: `asks ${program.calls} for every request` })
  for (let at = started + 10_000; program.leak && at <= until && lines.length < 1000; at += 10_000)
    lines.push({ at, text: `memory in use: ${Math.round((program.memory + program.leak * (at - started) / 1000) / MiB)} MiB` })
  // what a signal ends says nothing more: its log simply stops
  if (ended && ended.code <= 128)
    lines.push({ at: ended.at, text: ended.code === 0 ? 'done' : `fatal: cannot go on, exit code ${ended.code}` })
  return lines.filter(({ at }) => at <= (ended?.at ?? until)).sort((a, b) => a.at - b.at)
}

/** What the API server asks the kubelet with, in its order. upstream: pod.LogLocation */
function asked(flags: Parsed): string {
  const of = { follow: flags.on('follow') && 'true', limitBytes: flags.has('limit-bytes') && flags.text('limit-bytes'), previous: flags.on('previous') && 'true', sinceSeconds: !!flags.text('since') && String(Math.ceil(flags.ms('since') / 1000)), sinceTime: flags.text('since-time'), tailLines: flags.has('tail') && flags.number('tail') >= 0 ? flags.text('tail') : !!flags.text('selector') && !flags.has('tail') && '10', timestamps: flags.on('timestamps') && 'true' }
  const given = Object.entries(of).filter(([, value]) => value).map(([name, value]) => `${name}=${encodeURIComponent(value as string)}`)
  return given.length ? `?${given.join('&')}` : ''
}

/** The lines of a container, this one or the one before. @param query what else the kubelet is asked for, where it has to be reached. @throws ApiError where there are none */
function containerLines(io: Io, pod: Pod, name: string, previous: boolean, query = ''): Line[] {
  const where = { io, pod, container: name }
  const spec = containersOf(pod).find(each => each.name === name)
  if (!spec)
    throw new Failure(`container ${name} is not valid for pod ${pod.metadata.name} out of: ${containerNames(pod)}`)
  // on no node there is nobody to ask: nothing is said, and nothing is wrong. upstream: registry/core/pod LogLocation, rest/log.go
  if (!pod.spec.nodeName)
    return []
  const lost = unreachable(io, pod)
  if (lost)
    throw new ApiError(500, '', `Get "https://${lost.kubelet}/containerLogs/${pod.metadata.namespace}/${pod.metadata.name}/${name}${query}": ${lost.why}`)
  const process = processOf(where)
  if (previous) {
    // who waits to come again has the last one that ended before it, as its status has. upstream: validateContainerLogStatus
    const last = process?.exit && process.reason && process.stage !== 'running' ? process.exit : process?.last
    const before = last ?? (process?.stage === 'running' ? undefined : process?.exit)
    if (!before)
      throw badRequest(`previous terminated container "${name}" in pod "${pod.metadata.name}" not found`)
    return linesOf({ ...where, given: before.given ?? {} }, { ...spec, image: before.image }, before.started, before.ended, { at: before.ended, code: before.code })
  }
  if (process?.stage === 'running')
    return linesOf(where, { ...spec, image: process.image }, process.since, io.now)
  const over = process?.died ?? process?.exit
  if (over)
    return linesOf({ ...where, given: over.given ?? {} }, { ...spec, image: over.image }, over.started, over.ended, { at: over.ended, code: over.code })
  const status = [...pod.status.initContainerStatuses ?? [], ...pod.status.containerStatuses ?? []].find(each => each.name === name)
  const reason = status?.state?.waiting?.reason
  if (status?.state?.terminated)
    return linesOf(where, spec, parseStamp(status.state.terminated.startedAt), parseStamp(status.state.terminated.finishedAt), { at: parseStamp(status.state.terminated.finishedAt), code: status.state.terminated.exitCode })
  throw badRequest(`container "${name}" in pod "${pod.metadata.name}" is waiting to start: ${reason === 'ErrImagePull' || reason === 'ImagePullBackOff' ? 'trying and failing to pull image' : reason ?? 'ContainerCreating'}`)
}

interface Source { readonly namespace: string, readonly pod: string, readonly uid: string, readonly container: string, readonly seen: number, readonly restarts: number }
interface Style { readonly prefix: boolean, readonly stamps: boolean }

function print(io: Io, lines: readonly Line[], { pod, container }: Pick<Source, 'pod' | 'container'>, { prefix, stamps }: Style): void {
  for (const { at, text } of lines)
    io.print(`${prefix ? `[pod/${pod}/${container}] ` : ''}${stamps ? `${microStamp(at).slice(0, -1)}000Z ` : ''}${text}\n`)
}

const usage = (path: string) => misused(path, 'expected \'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]\'.\nPOD or TYPE/NAME is a required argument for the logs command')

/** From when on, if that was said; ms. */
const sinceTime = (flags: Parsed) => flags.text('since-time') ? timeOf(flags.text('since-time')) : undefined

/** What is asked for in words that contradict each other or that nobody can mean. upstream: LogsOptions.Complete, before anything is looked up */
function checkWords({ flags, words, path }: Call): void {
  if (words.length > 2 || (!words.length && !flags.text('selector')))
    throw usage(path)
  if (words.length === 1 && flags.text('selector'))
    throw misused(path, 'only a selector (-l) or a POD name is allowed')
  sinceTime(flags)
}

/** The rest of what cannot be meant. upstream: LogsOptions.Validate, after what is asked for was looked up */
function checkFlags({ flags, words }: Call): void {
  if (flags.text('since-time') && flags.text('since') && flags.ms('since'))
    throw new Failure('at most one of `sinceTime` or `sinceSeconds` may be specified')
  const container = words[1] ?? flags.text('container')
  if (flags.on('all-containers') && container)
    throw new Failure(`--all-containers=true should not be specified with container name ${container}`)
  if (words.length === 2 && flags.has('container'))
    throw new Failure('only one of -c or an inline [CONTAINER] arg is allowed')
  if (flags.text('since') && Math.round(flags.ms('since') / 1000) < 0)
    throw new Failure('--since must be greater than 0')
  if (flags.number('tail') < -1)
    throw new Failure('--tail must be greater than or equal to -1')
}

/** What is named, or the Pods that a selector chooses. @throws Failure where it is not there */
function lookedUp({ io, flags, words: [first], namespace }: Call): AnyObject[] {
  if (first === undefined) {
    const pods = listOf(io, 'Pod', { namespace, labels: flags.text('selector') })
    if (!pods.length)
      io.warn(`No resources found in ${namespace} namespace.\n`)
    return [...pods]
  }
  try {
    return [podOrNamed(io, first, namespace)]
  }
  catch (error) {
    throw error instanceof ApiError && error.code === 404 ? new Failure(`error from server (NotFound): ${error.message} in namespace "${namespace}"`) : error
  }
}

/** The Pods of what was looked up. */
function podsOf({ io, flags }: Call, found: readonly AnyObject[]): Pod[] {
  const [object] = found
  if (!object || object.kind === 'Pod')
    return [...found] as Pod[]
  const chosen = podsBehind(io, object, 'more', 'get the logs from')
  if (flags.on('all-pods'))
    return chosen
  if (chosen.length > 1)
    io.warn(`Found ${chosen.length} pods, using pod/${chosen[0]!.metadata.name}\n`)
  return [chosen[0]!]
}

function logs(call: Call): Waiting | undefined {
  const { io, flags, words } = call
  checkWords(call)
  const found = lookedUp(call)
  checkFlags(call)
  const pods = podsOf(call, found)
  const follow = flags.on('follow')
  const style = { prefix: flags.has('prefix') ? flags.on('prefix') : flags.on('all-pods'), stamps: flags.on('timestamps') }
  const tail = flags.has('tail') ? flags.number('tail') : flags.text('selector') ? 10 : -1
  const from = flags.text('since') ? io.now - flags.ms('since') : sinceTime(flags) ?? -Infinity
  const sources: Source[] = []
  for (const pod of pods) {
    const names = containersOf(pod).map(each => each.name)
    const given = flags.text('container') || words[1]
    const chosen = flags.on('all-containers') ? names : [given || defaultContainer(io, pod, flags.on('all-pods'))]
    for (const container of chosen) {
      // the first that cannot be read ends it. upstream: sequentialConsumeRequest
      const lines = containerLines(io, pod, container, flags.on('previous'), asked(flags)).filter(({ at }) => at >= from)
      print(io, tail >= 0 ? lines.slice(lines.length - Math.min(tail, lines.length)) : lines, { pod: pod.metadata.name, container }, style)
      sources.push({ namespace: pod.metadata.namespace, pod: pod.metadata.name, uid: pod.metadata.uid, container, seen: io.now, restarts: processOf({ io, pod, container })?.restarts ?? 0 })
    }
  }
  return follow && !flags.on('previous') ? { follow: 'logs', after: 200, data: { sources, style } as unknown as Plain } : undefined
}

/** What was said since the last look. A container that has ended says no more. */
export function goOnReading(data: Plain, io: Io): Waiting | undefined {
  const { sources, style } = data as unknown as { sources: Source[], style: Style }
  const left: Source[] = []
  for (const source of sources) {
    const pod = io.api.get('Pod', source.namespace, source.pod)
    const process = pod && pod.metadata.uid === source.uid ? processOf({ io, pod, container: source.container }) : undefined
    if (!pod || !process)
      continue
    // nothing comes through any more, and nobody is told that
    if (unreachable(io, pod)) {
      left.push(source)
      continue
    }
    const lines = (() => {
      try {
        return containerLines(io, pod, source.container, false)
      }
      catch {
        return []
      }
    })()
    print(io, lines.filter(({ at }) => at > source.seen && at <= io.now), source, style)
    if (process.stage === 'running' && process.restarts === source.restarts)
      left.push({ ...source, seen: io.now })
  }
  return left.length ? { follow: 'logs', after: 200, data: { sources: left, style } as unknown as Plain } : undefined
}

export const logsCommand: Command = {
  name: 'logs',
  about: 'Print the logs for a container in a pod',
  usage: '[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER] [options]',
  examples: '  # Return snapshot logs from pod nginx with only one container\n  kubectl logs nginx\n\n  # Begin streaming the logs of the ruby container in pod web-1\n  kubectl logs -f -c ruby web-1',
  flags: flagSet('follow,f previous,p container,c:s all-containers all-pods selector,l:s tail:i=-1 since:d since-time:s timestamps prefix limit-bytes:i max-log-requests:i=5 ignore-errors pod-running-timeout:d=20s insecure-skip-tls-verify-backend'),
  takes: 'pods',
  run: logs,
}
