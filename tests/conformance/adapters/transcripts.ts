// Sessions: lines typed into the terminal of the whole cluster, and what they print.
import { isDeepStrictEqual } from 'node:util'
import { createKernel } from '../../../cluster/index.ts'
import type { Kernel } from '../../../cluster/index.ts'
import { logEntry, logLength } from '../../../cluster/api/store.ts'
import { copyState } from '../../../cluster/timeline/state.ts'
import type { ClusterState } from '../../../cluster/timeline/state.ts'
import { gate, terminal, terminalOf } from '../../../cluster/kubectl/index.ts'
import { base } from '../../../scenarios/base.ts'
import { fieldDocs } from '../../../scripts/lib/fielddocs.ts'
import { only } from '../run.ts'
import type { Session, Step } from '../run.ts'
import { blank, compare, normalise } from './normalise.ts'
import type { Names } from './normalise.ts'

interface Recorded extends Step { cmd?: string, stdout?: string, stderr?: string, exit?: number, settle?: boolean, wait?: number }

const SECOND = 1000
/** How long a command takes to come and go: what the recorded ages say. */
const COMMAND = 300
/** Nothing changes for so long: it has settled. */
const SETTLED = 2500
/** The cluster had been up for so long that its first events were forgotten. */
const UP = 3700 * SECOND
/** A command that takes longer will not end. */
const LONGEST = 600 * SECOND

const actors = [...base.actors, terminal({ docs: fieldDocs() })]
let fresh: ClusterState | undefined

/** A cluster that has been up for a while, as the recorded one was. */
function cluster(files: Record<string, string>): Kernel {
  if (!fresh) {
    const kernel = createKernel(actors, { seed: 1, gate, world: base.world })
    kernel.runUntil(UP)
    fresh = copyState(kernel.state)
  }
  const kernel = createKernel(actors, { seed: 1, gate, world: base.world, state: copyState(fresh) })
  kernel.operate({ op: 'files', files })
  return kernel
}

/** What a machine and a component say of being alive is no change. */
const QUIET = new Set(['Lease', 'Node', 'Event'])

function settle(kernel: Kernel): void {
  const { log } = kernel.state.store
  let place = logLength(log)
  let last = kernel.state.now
  while (kernel.state.now < last + SETTLED) {
    kernel.runUntil(kernel.state.now + 100)
    for (const end = logLength(log); place < end; place++) {
      const event = logEntry(log, place)!
      if (!QUIET.has(event.kind))
        last = event.at
    }
  }
}

/** Types a line and waits until it is done. */
function type(kernel: Kernel, line: string) {
  kernel.operate({ op: 'kubectl', line })
  const began = kernel.state.now
  while (terminalOf(kernel.state).waiting) {
    if (kernel.state.now > began + LONGEST)
      throw new Error('it does not end')
    kernel.runUntil(kernel.state.now + 20)
  }
  kernel.runUntil(kernel.state.now + COMMAND)
  const { chunks, exit } = terminalOf(kernel.state).entries.at(-1)!
  const text = (to: string) => chunks.filter(chunk => chunk.to === to).map(chunk => chunk.text).join('')
  return { stdout: text('stdout'), stderr: text('stderr'), exit: exit ?? -1 }
}

/**
 * Whoever recorded emptied the namespace before each session, and took the Service `kubernetes` away with it, which the API server makes again within ten seconds. When that was is not
 * recorded: the Service is there from the first step on that shows it.
 */
function withoutService(kernel: Kernel, steps: readonly Recorded[]): void {
  if (!steps.some(({ stdout = '' }) => /^(?:default\s+)?(?:service\/)?kubernetes\s+ClusterIP/m.test(stdout)))
    kernel.api.delete('Service', 'default', 'kubernetes', {}, 'recorder')
}

/** What went otherwise at each step. */
export function session({ steps, files = {} }: Session): (string | undefined)[] {
  const kernel = cluster(files as Record<string, string>)
  withoutService(kernel, steps as readonly Recorded[])
  const names: Names = { hashes: new Map() }
  return (steps as readonly Recorded[]).map((step) => {
    const { cmd, settle: rest, wait, compare: how, stdout = '', stderr = '', exit = 0 } = only(step, 'cmd stdout stderr exit compare settle wait')
    if (wait)
      kernel.runUntil(kernel.state.now + wait * SECOND)
    if (rest)
      settle(kernel)
    if (cmd === undefined)
      return undefined
    const got = type(kernel, cmd)
    if (how === 'none')
      return undefined
    const hashes = [...new Set(kernel.api.list('ReplicaSet').map(set => set.metadata.labels?.['pod-template-hash']).filter(hash => hash !== undefined))]
    // what is written down as recorded may have been left as it was: the rules are applied to both sides
    const wanted = { stdout: blank(stdout), stderr: blank(stderr), exit }
    const { given, equal } = compare(wanted, { ...normalise(got), exit: got.exit }, hashes, names, how === 'last-line')
    return equal || isDeepStrictEqual(given, wanted) ? undefined : `wanted: ${show(wanted)}\ngiven:  ${show(given)}`
  })
}

const show = ({ stdout, stderr, exit }: { stdout: string, stderr: string, exit: number }) => `exit ${exit}\n${stdout}${stderr ? `! ${stderr}` : ''}`
