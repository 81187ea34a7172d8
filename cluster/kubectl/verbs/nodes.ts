// kubectl cordon, uncordon, drain and taint. upstream: kubectl pkg/cmd/drain, pkg/drain, pkg/cmd/taint
import type { Taint } from 'kubernetes-types/core/v1'
import { labelValue, qualifiedName } from '../../api/validation/names.ts'
import { controllerOf } from '../../api/objects.ts'
import { parseSelector } from '../../api/selectors.ts'
import type { Node, Pod } from '../../api/objects.ts'
import type { Server } from '../../api/server.ts'
import type { Call, Command } from '../command.ts'
import { Failure, misused, throwAll } from '../errors.ts'
import { flagSet } from '../flags.ts'
import type { Io, Plain, Waiting } from '../io.ts'
import { done, dryRunOf, writing, WRITES } from '../output.ts'
import type { DryRun } from '../output.ts'
import { parted } from '../pairs.ts'
import { find, kindNamed, listOf } from '../resources.ts'
import { BY } from '../writes.ts'

const how = (dry: DryRun) => dry === 'client' ? ' (dry run)' : dry === 'server' ? ' (server dry run)' : ''

/** Nodes by name or selector. */
function nodesOf({ io, flags, words, path }: Call): Node[] {
  const labels = flags.text('selector')
  if (!words.length && !labels)
    throw misused(path, `USAGE: ${path} NODE [flags]`)
  if (words.length && labels)
    throw misused(path, 'error: cannot specify both a node name and a --selector option')
  if (labels)
    return [...listOf(io, 'Node', { namespace: '', labels })] as Node[]
  return words.map(word => find(io, 'Node', '', word.replace(/^(?:nodes?|no)\//, '')) as Node)
}

/** Takes a node out of service, or back. @returns what is said of it */
function setSchedulable(io: Io, api: Server, node: Node, unschedulable: boolean, dry: DryRun): void {
  const word = unschedulable ? 'cordoned' : 'uncordoned'
  if (!!node.spec.unschedulable === unschedulable)
    return io.print(`node/${node.metadata.name} already ${word}${how(dry)}\n`)
  if (dry !== 'client')
    api.patch('Node', '', node.metadata.name, { spec: { unschedulable: unschedulable || null } }, {}, BY)
  io.print(`node/${node.metadata.name} ${word}${how(dry)}\n`)
}

function cordon(call: Call, unschedulable: boolean): undefined {
  const dry = dryRunOf(call.io, call.flags)
  const nodes = nodesOf(call)
  writing(call.io, dry, api => nodes.forEach(node => setSchedulable(call.io, api, node, unschedulable, dry)))
  return undefined
}

const DONE = ['Succeeded', 'Failed']

/** Which Pods of a node are to go, what is wrong with that, and what is worth a warning. upstream: drain/filters.go */
function sift(pods: readonly Pod[], force: boolean, emptyDir: boolean): { go: Pod[], errors: string[], warnings: string[] } {
  const groups = new Map<string, { bad: boolean, names: string[] }>()
  const go: Pod[] = []
  const note = (pod: Pod, message: string, bad: boolean) => {
    const group = groups.get(message) ?? { bad, names: [] }
    group.names.push(`${pod.metadata.namespace}/${pod.metadata.name}`)
    groups.set(message, group)
    if (!bad)
      go.push(pod)
  }
  for (const pod of pods) {
    const local = (pod.spec.volumes ?? []).some(volume => 'emptyDir' in volume)
    if (DONE.includes(pod.status.phase))
      go.push(pod)
    else if (local && !emptyDir)
      note(pod, 'Pods with local storage (use --delete-emptydir-data to override)', true)
    else if (!controllerOf(pod))
      note(pod, force ? 'deleting Pods that declare no controller' : 'cannot delete Pods that declare no controller (use --force to override)', !force)
    else if (local)
      note(pod, 'deleting Pods with local storage', false)
    else
      go.push(pod)
  }
  const told = (bad: boolean) => [...groups].filter(([, group]) => group.bad === bad).map(([message, { names }]) => `${bad && !/^cannot delete/i.test(message) ? 'cannot delete ' : ''}${message}: ${names.join(', ')}`)
  return { go, errors: told(true), warnings: told(false) }
}

interface Leaving { readonly namespace: string, readonly name: string, readonly uid: string }
interface Draining {
  readonly nodes: readonly string[]
  readonly leaving: readonly Leaving[]
  readonly failed: readonly string[]
  readonly errors: readonly string[]
  readonly options: { readonly force: boolean, readonly emptyDir: boolean, readonly grace: number, readonly labels: string, readonly dry: DryRun, readonly timeout: number, readonly evict: boolean }
  readonly until?: number
}

/** ms between looks at who has left. */
const LOOK = 100

/** Before a node is closed. upstream: DrainCmdOptions.Complete */
function checkPodSelector(text: string): void {
  try {
    parseSelector(text)
  }
  catch {
    throw new Failure('--pod-selector=<pod_selector> must be a valid label selector')
  }
}

function drain(call: Call): Waiting | undefined {
  const { io, flags } = call
  const dry = dryRunOf(io, flags)
  checkPodSelector(flags.text('pod-selector'))
  const nodes = nodesOf(call)
  writing(io, dry, api => nodes.forEach(node => setSchedulable(io, api, node, true, dry)))
  const options = { force: flags.on('force'), emptyDir: flags.on('delete-emptydir-data'), grace: flags.number('grace-period'), labels: flags.text('pod-selector'), dry, timeout: flags.ms('timeout'), evict: !flags.on('disable-eviction') }
  return nextNode(io, { nodes: nodes.map(node => node.metadata.name), leaving: [], failed: [], errors: [], options })
}

/** Asks the Pods of the first node to leave. */
function nextNode(io: Io, state: Draining): Waiting | undefined {
  const [name, ...rest] = state.nodes
  if (name === undefined)
    return finish(io, state)
  const { force, emptyDir, grace, labels, dry, timeout, evict } = state.options
  const pods = io.api.list('Pod', { node: name, ...(labels && { labels }) })
  const { go, errors, warnings } = sift(pods, force, emptyDir)
  if (errors.length) {
    const message = errors.length > 1 ? `[${errors.join(', ')}]` : errors[0]!
    io.warn(`error: unable to drain node "${name}" due to error: ${message}, continuing command...\n`)
    return nextNode(io, { ...state, nodes: rest, failed: [...state.failed, name], errors: [...state.errors, message] })
  }
  if (warnings.length)
    io.warn(`Warning: ${warnings.join('; ')}\n`)
  for (const { metadata } of go) {
    const word = evict ? 'evicting' : 'deleting'
    io.print(`${word} pod ${metadata.namespace}/${metadata.name}${dry === 'none' ? '' : how(dry)}\n`)
    if (dry === 'none')
      io.api.delete('Pod', metadata.namespace, metadata.name, { ...(grace >= 0 && { gracePeriodSeconds: grace }), preconditions: { uid: metadata.uid } }, BY)
  }
  const leaving = dry === 'none' ? go.map(({ metadata: { namespace, name: pod, uid } }) => ({ namespace, name: pod, uid })) : []
  return waitForPods(io, { ...state, leaving, ...(timeout > 0 && { until: io.now + timeout }) })
}

function waitForPods(io: Io, state: Draining): Waiting | undefined {
  const [name = '', ...rest] = state.nodes
  const left = state.leaving.filter((pod) => {
    const is = io.api.get('Pod', pod.namespace, pod.name)?.metadata.uid === pod.uid
    if (!is)
      io.print(`pod/${pod.name} ${state.options.evict ? 'evicted' : 'deleted'}\n`)
    return is
  })
  if (!left.length) {
    io.print(`node/${name} drained${how(state.options.dry)}\n`)
    return nextNode(io, { ...state, nodes: rest, leaving: [] })
  }
  if (state.until !== undefined && io.now >= state.until) {
    const seconds = `${state.options.timeout / 1000}s`
    io.warn(`There are pending pods in node "${name}" when an error occurred: drain did not complete within ${seconds}\n${left.map(pod => `pod/${pod.name}\n`).join('')}error: unable to drain node "${name}" due to error: drain did not complete within ${seconds}, continuing command...\n`)
    return nextNode(io, { ...state, nodes: rest, leaving: [], failed: [...state.failed, name], errors: [...state.errors, `drain did not complete within ${seconds}`] })
  }
  return { follow: 'drain', after: LOOK, data: { ...state, leaving: left } as unknown as Plain }
}

/** what Pods stand in the way is a list of its own within that of the nodes, and is printed as it is. upstream: drain.GetPodsForDeletion, cmdutil.checkErr */
const RAW = /^cannot delete /

function finish(io: Io, { failed, errors }: Draining): undefined {
  if (failed.length) {
    io.warn(`There are pending nodes to be drained:\n${failed.map(name => ` ${name}\n`).join('')}`)
    throw new Failure(errors.join('\n'), { raw: errors.length > 1 || RAW.test(errors[0] ?? '') })
  }
  return undefined
}

export const goOnDraining = (data: Plain, io: Io): Waiting | undefined => waitForPods(io, data as unknown as Draining)

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

interface Change { readonly add: Taint[], readonly remove: { key: string, effect?: string, value?: string }[] }

/** Taints to put on and to take off. upstream: taints.ParseTaints */
function parseTaints(specs: readonly string[]): Change {
  const add: Taint[] = []
  const remove: Change['remove'] = []
  for (const spec of specs) {
    const off = spec.endsWith('-')
    const text = off ? spec.slice(0, -1) : spec
    const [pair = '', effect, ...more] = text.split(':')
    if (effect !== undefined && !more.length && !EFFECTS.includes(effect))
      throw misused('taint', `invalid taint effect: ${effect}, unsupported taint effect`)
    // without an effect all of it is a name
    const [key = '', value, ...others] = effect === undefined ? [pair] : pair.split('=')
    if (more.length || others.length)
      throw misused('taint', `invalid taint spec: ${text}`)
    const wrong = [...value ? labelValue(value) : [], ...qualifiedName(key)]
    if (wrong.length)
      throw misused('taint', `invalid taint spec: ${text}, ${wrong.join('; ')}`)
    if (off) {
      remove.push({ key, ...(effect && { effect }), ...(value && { value }) })
      continue
    }
    if (!effect)
      throw misused('taint', `invalid taint spec: ${spec}`)
    if (add.some(each => each.key === key && each.effect === effect))
      throw misused('taint', `duplicated taints with the same key and effect: {${key} ${value ?? ''} ${effect} <nil>}`)
    add.push({ key, effect, ...(value && { value }) })
  }
  return { add, remove }
}

const isSpec = (word: string) => word.includes('=') || word.includes(':') || word.endsWith('-')

function taint(call: Call): undefined {
  const { io, flags, words } = call
  const { resources, pairs: specs } = parted(words, isSpec, 'taint')
  if (!resources.length)
    throw new Failure('one or more resources must be specified as <resource> <name>')
  if (!specs.length)
    throw new Failure('at least one taint update is required')
  const { add, remove } = parseTaints(specs)
  // the first word is a type, whatever stands in it. upstream: TaintOptions.Validate
  const [type = '', ...names] = resources
  if (kindNamed(type) === undefined)
    throw new Failure(`the server doesn't have a resource type "${type}"`, { raw: true })
  if (kindNamed(type) !== 'Node')
    throw new Failure(`invalid resource type ${type.toLowerCase()}, only node types are supported`)
  const both = remove.filter(off => add.some(on => on.key === off.key && (!off.effect || off.effect === on.effect)))
  if (both.length)
    throw new Failure(`can not both modify and remove the following taint(s) in the same command: ${both.map(({ key, effect }) => `{"${key}":"${effect ?? ''}"}`).join(', ')}`)
  const labels = flags.text('selector')
  if (flags.on('all') && labels)
    throw new Failure('setting \'all\' parameter with a non empty selector is prohibited')
  if (!flags.on('all') && !labels && !names.length)
    throw new Failure('at least one resource name must be specified since \'all\' parameter is not set')
  const dry = dryRunOf(io, flags)
  const nodes = (flags.on('all') || labels ? [...listOf(io, 'Node', { namespace: '', labels })] : names.map(name => find(io, 'Node', '', name))) as Node[]
  const errors: unknown[] = []
  writing(io, dry, (api) => {
    for (const node of nodes) {
      try {
        const before = node.spec.taints ?? []
        const clash = add.filter(each => before.some(old => old.key === each.key && old.effect === each.effect))
        if (clash.length && !flags.on('overwrite'))
          throw new Failure(`node ${node.metadata.name} already has ${[...new Set(clash.map(each => each.key))].join(',')} taint(s) with same effect(s) and --overwrite is false`)
        for (const { key, effect, value } of remove) {
          if (!before.some(old => old.key === key && (!effect || old.effect === effect)))
            throw new Failure(`taint "${key}${value ? `=${value}` : ''}${effect ? `:${effect}` : ''}" not found`)
        }
        const kept = before.filter(old => !remove.some(each => each.key === old.key && (!each.effect || each.effect === old.effect)) && !add.some(each => each.key === old.key && each.effect === old.effect))
        const taints = [...add, ...kept]
        // upstream: ReorganizeTaints
        const more = add.length > clash.length
        const said = flags.on('overwrite') || (more && remove.length) ? 'modified' : more ? 'tainted' : 'untainted'
        const changed = { ...node, spec: { ...node.spec, taints } } as Node
        done(io, flags, dry === 'client' ? changed : api.update('Node', changed, BY), said, dry, true)
      }
      catch (error) {
        errors.push(error)
      }
    }
  })
  throwAll(errors)
  return undefined
}

const NODE_FLAGS = 'selector,l:s dry-run:s=none?unchanged'

export const cordonCommand: Command = { name: 'cordon', about: 'Mark node as unschedulable', usage: 'NODE [options]', examples: '  # Mark node "foo" as unschedulable\n  kubectl cordon foo', flags: flagSet(NODE_FLAGS), takes: 'nodes', run: call => cordon(call, true) }
export const uncordonCommand: Command = { name: 'uncordon', about: 'Mark node as schedulable', usage: 'NODE [options]', examples: '  # Mark node "foo" as schedulable\n  kubectl uncordon foo', flags: flagSet(NODE_FLAGS), takes: 'nodes', run: call => cordon(call, false) }
export const drainCommand: Command = { name: 'drain', about: 'Drain node in preparation for maintenance', usage: 'NODE [options]', examples: '  # Drain node "foo", even if there are pods not managed by a replication controller, replica set, job, daemon set, or stateful set on it\n  kubectl drain foo --force', flags: flagSet(NODE_FLAGS, 'force ignore-daemonsets delete-emptydir-data grace-period:i=-1 timeout:d=0 pod-selector:s disable-eviction skip-wait-for-delete-timeout:i chunk-size:i=500'), takes: 'nodes', run: drain }
export const taintCommand: Command = { name: 'taint', about: 'Update the taints on one or more nodes', usage: 'NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N [options]', examples: '  # Update node \'foo\' with a taint with key \'dedicated\' and value \'special-user\' and effect \'NoSchedule\'\n  kubectl taint nodes foo dedicated=special-user:NoSchedule', flags: flagSet(WRITES, 'overwrite all selector,l:s'), takes: 'kinds', run: taint }
