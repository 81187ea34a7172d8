// What is to be seen of the machines at a time: for the picture and for those who hear it.
import type { ProgramName, ProgramState, World } from './machineRules.ts'
import { machineFigures as figures, isEmpty, listed, machineTitle, memoryAt, programNames } from './machineRules.ts'

export interface ProgramView {
  readonly name: ProgramName
  readonly state: ProgramState
  readonly message?: string
  readonly machine: 0 | 1
  /** what the program asks for, and what its machine shows outside */
  readonly port: number
  readonly published: number
  /** the version it needs; undefined where it needs none */
  readonly library?: number
  /** MB */
  readonly memory: number
  /** MB; only in a container, and where one is set */
  readonly limit?: number
  readonly leaking: boolean
  /** where the kernel killed it: MB that it held, its process number on its machine, whether for its own limit, and the how manieth of those that lie killed there for the machine's memory */
  readonly killed?: { readonly held: number, readonly pid: number, readonly limit: boolean, readonly place: number, readonly of: number }
  /** whether it has data, and whether they lie elsewhere; undefined where it has none */
  readonly data?: 'here' | 'elsewhere'
  /** its process number as it sees it: in a container its own, 1; undefined where it does not run */
  readonly pid?: number
}

export interface MachineView {
  /** virtual ms */
  readonly t: number
  readonly boxed: boolean
  /** whether each container has a limit for its memory */
  readonly limited: boolean
  readonly programs: readonly ProgramView[]
  readonly machines: readonly {
    readonly title: string
    readonly alive: boolean
    /** the version it has installed */
    readonly library: number
    /** MB */
    readonly used: number
    readonly memory: number
    /** when (virtual ms) its memory was full, where it was */
    readonly full?: number
    /** the processes that the machine lists */
    readonly ps: readonly { readonly pid: number, readonly name: string }[]
  }[]
}

/** @param t virtual ms */
export function look(world: World, t: number): MachineView {
  const held = (name: ProgramName) => Math.round(memoryAt(world.programs[name], name, t))
  /** those that lie killed on a machine for its memory, the first first */
  const dead = (machine: 0 | 1) => programNames.filter(name => world.programs[name].machine === machine && world.programs[name].death?.limit === false)
    .sort((a, b) => world.programs[a].death!.no - world.programs[b].death!.no)
  const ps = (machine: 0 | 1) => programNames
    .filter(name => world.programs[name].machine === machine && world.programs[name].state === 'running')
    .map(name => ({ pid: world.programs[name].pid, name: name as string }))
    .sort((a, b) => a.pid - b.pid)
  return {
    t,
    boxed: world.boxed,
    limited: world.limited,
    programs: programNames.map((name) => {
      const { state, message, machine, port, published, pid, leaks, death } = world.programs[name]
      const { library, limit } = figures.programs[name]
      return {
        name, state, message, machine, port, library,
        published: world.boxed ? published : port,
        memory: held(name),
        limit: world.limited ? limit : undefined,
        killed: death && { held: death.held, pid, limit: death.limit, place: dead(machine).indexOf(name) + 1, of: dead(machine).length },
        leaking: leaks !== undefined && t > leaks,
        data: name !== 'database' ? undefined : isEmpty(world.programs[name], name) ? 'elsewhere' as const : 'here' as const,
        pid: state !== 'running' ? undefined : world.boxed ? 1 : pid,
      }
    }),
    machines: ([0, 1] as const).map(machine => ({
      title: machineTitle(machine),
      alive: world.machines[machine]!.alive,
      library: world.machines[machine]!.library,
      used: world.machines[machine]!.alive ? figures.system + programNames.reduce((all, name) => all + (world.programs[name].machine === machine ? held(name) : 0), 0) : 0,
      memory: figures.memory,
      full: world.machines[machine]!.full,
      ps: ps(machine),
    })),
  }
}

/** Gigabytes with one decimal. @param mb megabytes */
export const formatMemory = (mb: number): string => (mb / 1000).toFixed(1)

/** of one, and of several */
const words: Readonly<Record<ProgramState, readonly [string, string]>> = {
  running: ['runs', 'run'],
  stopped: ['is stopped', 'are stopped'],
  refused: ['did not start', 'did not start'],
  crashed: ['has crashed', 'have crashed'],
  killed: ['was killed', 'were killed'],
  ended: ['has ended', 'have ended'],
}

/** What has become of programs, as a text: those of one state together, in the order of the first of each. */
function fates(programs: readonly ProgramView[], idle: boolean): string {
  const empty = (p: ProgramView) => p.state === 'running' && p.data === 'elsewhere'
  const fate = (p: ProgramView, several: boolean) => `${words[p.state][several ? 1 : 0]}${empty(p) ? ', empty' : ''}${idle && p.state === 'crashed' ? `, nobody starts ${several ? 'them' : 'it'}` : ''}`
  const groups = [...new Set(programs.map(p => fate(p, false)))].map(key => programs.filter(p => fate(p, false) === key))
  return groups.map(group => group[0]!.state === 'killed' && group.every(p => p.killed!.of > 1)
    ? `killed, always the largest: ${group.toSorted((a, b) => a.killed!.place - b.killed!.place).map(p => `the ${p.name}`).join(', then ')}`
    : `${listed(group.map(p => `the ${p.name}`))} ${fate(group[0]!, group.length > 1)}`).join('; ')
}

/** letters that one line of words holds */
const LINE = 100

/** The state in words: how the programs run, then each machine that has any or is down; and, where the line has room for it, what stays as it is; where it has not, it leaves out what the controls show. */
export function summary(view: MachineView): string {
  const full = state(view, true)
  if (full.length > LINE) {
    const short = state(view, false)
    return short.length > LINE ? short.replace(/^.*?\. /, '') : short
  }
  const more = `${full} The disk stays.`
  return view.programs.some(p => p.state === 'ended') && more.length <= LINE ? more : full
}

/** @param idle whether it is said that nobody starts what has crashed */
function state(view: MachineView, idle: boolean): string {
  const mode = !view.boxed ? 'Bare' : view.limited ? 'In containers' : 'No limits'
  if (view.machines.every(m => !m.alive))
    return `${mode}. Both machines are down: ${fates(view.programs, idle)}.`
  const told = view.machines.map(({ title, alive }, machine) => {
    const own = view.programs.filter(p => p.machine === machine)
    const name = title.replace(/^./, c => c.toUpperCase())
    return alive ? own.length ? `${name}: ${fates(own, idle)}.` : '' : `${name} is down${own.length ? `: ${fates(own, idle)}` : ''}.`
  })
  return [`${mode}.`, ...told].filter(Boolean).join(' ')
}
