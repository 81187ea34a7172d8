// What happens on a machine, bare or in containers, when programs start, stop, fail, grow and move. Pure: a world and a deed give a world.
import type { Intervention } from './story.ts'

export const programNames = ['shop', 'blog', 'database'] as const
export type ProgramName = typeof programNames[number]

/** Sizes in MB, growth in MB a second. Examples, chosen so that each effect can be seen; the limits and the system together fill a machine. */
export const machineFigures = {
  memory: 8000,
  system: 500,
  leak: 300,
  /** what a database holds that has no data */
  empty: 300,
  /** the version of the library on each machine when it is set up; its package manager keeps one */
  libraries: [1, 2],
  programs: {
    shop: { title: 'shop', port: 80, published: 8080, library: 1, memory: 500, limit: 1500, pid: 4021 },
    blog: { title: 'blog', port: 80, published: 8081, library: 2, memory: 500, limit: 1500, pid: 4102 },
    database: { title: 'database', port: 5432, published: 5432, library: undefined, memory: 4000, limit: 4500, pid: 4230 },
  },
} as const

/** What one can do. */
export type Deed
  = | { readonly op: 'start' | 'stop' | 'crash' | 'leak' | 'port' | 'install' | 'move' | 'elsewhere', readonly program: ProgramName }
    | { readonly op: 'panic' | 'boot', readonly machine: 0 | 1 }
    | { readonly op: 'boxes' | 'limits', readonly on: boolean }

/** Whether it runs and, if not, why. */
export type ProgramState = 'running' | 'stopped' | 'refused' | 'crashed' | 'killed' | 'ended'

export interface Program {
  readonly state: ProgramState
  /** the words it left, where it left any */
  readonly message?: string
  readonly machine: 0 | 1
  /** the process number on its machine, while it runs */
  readonly pid: number
  /** the port it asks for */
  readonly port: number
  /** the port its machine is to show outside for it; only in a container */
  readonly published: number
  /** since when (ms) it takes ever more memory */
  readonly leaks?: number
  /** where the kernel killed it: the how manieth of all kills, MB that it held, and whether for its own limit */
  readonly death?: { readonly no: number, readonly held: number, readonly limit: boolean }
}

export interface World {
  readonly boxed: boolean
  /** whether somebody has set a limit for the memory of each container */
  readonly limited: boolean
  /** `full`: when (ms) its memory was full and the kernel killed for it, until anything else starts, ends or grows there */
  readonly machines: readonly { readonly alive: boolean, readonly library: number, readonly full?: number }[]
  readonly programs: Readonly<Record<ProgramName, Program>>
  readonly nextPid: number
  /** how often the kernels have killed */
  readonly kills: number
}

export interface Consequence { readonly by: string, readonly text: string }
/** `did` is what "you" did: a verb without its s */
interface Done { readonly world: World, readonly did: string, readonly came: readonly Consequence[] }

const figures = machineFigures
const other = (machine: 0 | 1): 0 | 1 => machine === 0 ? 1 : 0
/** the name of a machine, on its hull and wherever it is spoken of */
export const machineTitle = (machine: 0 | 1): string => `machine ${machine + 1}`
/** names as a text: a, b and c */
export const listed = (names: readonly string[]): string => names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join('')

/** The machines as they are set up; bare, the blog is not installed yet. */
export function setUp(boxed: boolean): World {
  const program = (name: ProgramName): Program => ({
    state: boxed || name !== 'blog' ? 'running' : 'stopped',
    machine: 0,
    pid: figures.programs[name].pid,
    port: figures.programs[name].port,
    published: figures.programs[name].published,
  })
  return {
    boxed,
    limited: boxed,
    machines: figures.libraries.map(library => ({ alive: true, library })),
    programs: { shop: program('shop'), blog: program('blog'), database: program('database') },
    nextPid: 4316,
    kills: 0,
  }
}

/** Whether it is without its data: those of the database lie on the disk of the first machine. */
export const isEmpty = (program: Program, name: ProgramName): boolean => name === 'database' && program.machine !== 0

/** MB that a program begins with where it stands. */
const begins = (program: Program, name: ProgramName): number => isEmpty(program, name) ? figures.empty : figures.programs[name].memory

/** MB that a program holds at a time (ms). */
export function memoryAt(program: Program, name: ProgramName, t: number): number {
  if (program.state !== 'running')
    return 0
  return begins(program, name) + (program.leaks === undefined ? 0 : Math.max(0, t - program.leaks) / 1000 * figures.leak)
}

const on = (world: World, machine: 0 | 1) => programNames.filter(name => world.programs[name].machine === machine && world.programs[name].state === 'running')

function change(world: World, name: ProgramName, to: Partial<Program>): World {
  return { ...world, programs: { ...world.programs, [name]: { ...world.programs[name], ...to } } }
}

interface Death { readonly at: number, readonly victim: ProgramName, readonly limit: boolean }

/** When the kernel has to kill next (ms, not before `now`), whom, and whether for its own limit; undefined where memory suffices for good. */
export function nextDeath(world: World, now: number): Death | undefined {
  const deaths = ([0, 1] as const).flatMap((machine): Death[] => {
    const here = on(world, machine)
    const leaking = here.filter(name => world.programs[name].leaks !== undefined)
    if (!leaking.length)
      return []
    const own = world.limited
      ? leaking.map(name => ({ at: world.programs[name].leaks! + (figures.programs[name].limit - begins(world.programs[name], name)) / figures.leak * 1000, victim: name, limit: true })).map(death => ({ ...death, at: Math.max(now, death.at) }))
      : []
    // all leak at one rate: full is when what was there at time 0 of each leak and what came since reach the machine's memory
    const still = figures.system + here.reduce((sum, name) => sum + begins(world.programs[name], name), 0)
    const begun = leaking.reduce((sum, name) => sum + world.programs[name].leaks!, 0)
    const full = Math.max(now, ((figures.memory - still) / figures.leak * 1000 + begun) / leaking.length)
    const victim = here.reduce((most, name) => memoryAt(world.programs[name], name, full) > memoryAt(world.programs[most], most, full) ? name : most)
    return [...own, { at: full, victim, limit: false }]
  }).map(death => ({ ...death, at: Math.ceil(death.at) }))
  return deaths.sort((a, b) => a.at - b.at)[0]
}

/** The kernel kills; the words are those of its log, and why it was this one. */
export function strike(world: World, death: Death): { world: World, words: string } {
  const { pid, machine } = world.programs[death.victim]
  const held = Math.round(memoryAt(world.programs[death.victim], death.victim, death.at))
  const message = `${death.limit ? 'Memory cgroup out' : 'Out'} of memory: Killed process ${pid} (${death.victim})`
  const machines = world.machines.map((m, i) => i === machine ? { ...m, full: death.limit ? undefined : death.at } : m)
  const kills = world.kills + 1
  return {
    world: change({ ...world, machines, kills }, death.victim, { state: 'killed', message, leaks: undefined, death: { no: kills, held, limit: death.limit } }),
    words: death.limit ? message : `${message}, which held most, ${(held / 1000).toFixed(1)} GB`,
  }
}

function the(name: ProgramName): string {
  return `the ${name}`
}

/** Tries to start a program where it lies; what stands in its way is said in the words a system would use. */
function start(world: World, name: ProgramName): { world: World, came: Consequence[] } {
  const { machine, port, published } = world.programs[name]
  const { library } = figures.programs[name]
  const refuse = (message: string) => ({ world: change(world, name, { state: 'refused', message, leaks: undefined, death: undefined }), came: [{ by: the(name), text: `does not start: ${message}` }] })
  if (world.boxed) {
    if (on(world, machine).some(p => p !== name && world.programs[p].published === published))
      return refuse(`port ${published} outside: already taken`)
  }
  else {
    const holder = on(world, machine).find(p => p !== name && world.programs[p].port === port)
    if (holder)
      return refuse(`port ${port}: address already in use`)
    if (library !== undefined && world.machines[machine]!.library !== library)
      return refuse(`library v${library} needed: v${world.machines[machine]!.library} is installed`)
  }
  return {
    world: { ...change(world, name, { state: 'running', message: undefined, leaks: undefined, death: undefined, pid: world.nextPid }), nextPid: world.nextPid + 17 },
    came: [{ by: the(name), text: isEmpty(world.programs[name], name) ? 'runs, empty' : !world.boxed ? 'runs' : name === 'database' ? 'runs: the program in its container, the data outside on the disk' : 'runs, with all it needs in its container' }],
  }
}

/** The mark of a machine that was full goes with the next thing that takes memory there or gives it back. */
export function unmark(before: World, after: World): World {
  const taken = (world: World, machine: 0 | 1) => on(world, machine).map(name => `${name} ${world.programs[name].pid} ${world.programs[name].leaks}`).join()
  return { ...after, machines: after.machines.map((m, i) => m.full !== undefined && taken(before, i as 0 | 1) !== taken(after, i as 0 | 1) ? { ...m, full: undefined } : m) }
}

/** What is not possible, as a sentence that begins with a capital. */
const refused = (why: string) => new RangeError(why.replace(/^./, c => c.toUpperCase()))

/** @throws RangeError where the deed is unknown or makes no sense now; the world stays as it was */
export function perform(world: World, deed: Deed | Intervention, at: number): Done {
  switch (deed.op) {
    case 'boxes': {
      if (typeof deed.on !== 'boolean')
        throw refused('boxes is switched on or off: true or false')
      if (deed.on === world.boxed)
        throw refused(deed.on ? 'the programs are in containers already' : 'the programs run bare already')
      return { world: setUp(deed.on), did: deed.on ? 'put each program into a container and begin anew' : 'take the programs out of their containers and begin anew', came: [] }
    }
    case 'limits': {
      if (typeof deed.on !== 'boolean')
        throw refused('the limits are switched on or off: true or false')
      if (!world.boxed)
        throw refused('here, a program without a container has no limit')
      if (deed.on === world.limited)
        throw refused(deed.on ? 'each container has its limit already' : 'no container has a limit')
      return { world: { ...world, limited: deed.on }, did: deed.on ? 'set a limit for the memory of each container' : 'take all limits away', came: [] }
    }
    case 'panic':
    case 'boot':
      return power(world, deed)
    default:
      return program(world, deed, at)
  }
}

function power(world: World, deed: Deed | Intervention): Done {
  const machine = 'machine' in deed ? deed.machine : undefined
  if (machine !== 0 && machine !== 1)
    throw refused('there are two machines: 0 is machine 1, 1 is machine 2')
  const { alive } = world.machines[machine]!
  if (deed.op === 'panic' && !alive)
    throw refused(`the kernel of ${machineTitle(machine)} stands still already: start it first`)
  if (deed.op === 'boot' && alive)
    throw refused(`${machineTitle(machine)} runs already`)
  const lost = on(world, machine)
  let next: World = { ...world, machines: world.machines.map((m, i) => i === machine ? { ...m, alive: !alive, full: undefined } : m) }
  for (const name of lost)
    next = change(next, name, { state: 'ended', message: undefined, leaks: undefined, death: undefined })
  const came = deed.op === 'panic'
    ? [{ by: 'the kernel', text: lost.length ? `stops: ${listed(lost.map(the))} ${lost.length > 1 ? 'end' : 'ends'} with it; memory is lost, the disk stays` : 'stops: nothing ran there' }]
    : [{ by: machineTitle(machine), text: programNames.some(name => world.programs[name].machine === machine) ? 'is up; what stood on it stays down until somebody starts it' : 'is up; nothing stood on it' }]
  return { world: next, did: `${deed.op === 'panic' ? 'stop' : 'start'} the kernel of ${machineTitle(machine)}`, came }
}

function program(world: World, deed: Deed | Intervention, at: number): Done {
  const name = programNames.find(p => 'program' in deed && p === deed.program)
  if (!['start', 'stop', 'crash', 'leak', 'port', 'install', 'move', 'elsewhere'].includes(deed.op))
    throw refused(`this machine knows no "${deed.op}"`)
  if (!name)
    throw refused(`this machine has a shop, a blog and a database, no "${'program' in deed ? String(deed.program) : ''}"`)
  const now = world.programs[name]
  const { library } = figures.programs[name]
  const running = now.state === 'running'
  const needsRunning = ['stop', 'crash', 'leak'].includes(deed.op)
  if (needsRunning && !running)
    throw refused(`${the(name)} does not run: start it first`)
  const goal = deed.op === 'move' || deed.op === 'elsewhere' ? other(now.machine) : now.machine
  const alive = (machine: 0 | 1) => world.machines[machine]!.alive
  if (!needsRunning && !alive(goal))
    throw refused(`${machineTitle(goal)} is down: start its kernel first${goal === now.machine && alive(other(goal)) ? `, or start ${the(name)} on ${machineTitle(other(goal))}` : ''}`)
  const end = (state: ProgramState, message?: string) => change(world, name, { state, message, leaks: undefined, death: undefined })

  switch (deed.op) {
    case 'start':
      if (running)
        throw refused(`${the(name)} runs already`)
      return { did: `start ${the(name)}`, ...start(world, name) }
    case 'stop':
      return { world: end('stopped'), did: `stop ${the(name)}`, came: [] }
    case 'crash':
      return { world: end('crashed', 'Segmentation fault'), did: `make ${the(name)} crash`, came: [{ by: the(name), text: 'crashes: its process ends, and nobody starts it again' }] }
    case 'leak':
      if (now.leaks !== undefined)
        throw refused(`${the(name)} leaks already`)
      return { world: change(world, name, { leaks: at }), did: `let ${the(name)} leak memory`, came: [] }
    case 'port': {
      if (world.boxed) {
        const rival = ({ shop: 'blog', blog: 'shop', database: undefined } as const)[name]
        if (!rival)
          throw refused('nobody else asks for its port: there is nothing to change')
        if (running)
          throw refused(`${the(name)} keeps its port outside while it runs: stop it first`)
        const own = figures.programs[name].published
        const published = now.published === own ? figures.programs[rival].published : own
        return { did: `give ${the(name)} port ${published} outside`, ...start(change(world, name, { published }), name) }
      }
      const port = now.port === figures.programs[name].port ? 8080 + programNames.indexOf(name) : figures.programs[name].port
      return { did: `give ${the(name)} port ${port}`, ...start(change(world, name, { port }), name) }
    }
    case 'install': {
      if (world.boxed)
        throw refused('its container brings the library: there is nothing to install')
      if (library === undefined)
        throw refused(`${the(name)} needs no library`)
      if (world.machines[now.machine]!.library === library)
        throw refused(`version ${library} is on ${machineTitle(now.machine)} already`)
      const next: World = { ...world, machines: world.machines.map((m, i) => i === now.machine ? { ...m, library } : m) }
      const did = `install library v${library}, which replaces v${world.machines[now.machine]!.library}`
      return running ? { world: next, did, came: [] } : { did, ...start(next, name) }
    }
    case 'elsewhere': {
      // nothing comes from a machine that is down: the program is there again, its memory and its data are not
      if (alive(now.machine))
        throw refused(`${machineTitle(now.machine)} runs: start ${the(name)} there, or move it`)
      const { world: next, came } = start(change(world, name, { machine: goal }), name)
      const behind = name === 'database' && now.machine === 0 ? [{ by: the(name), text: `starts without its data: they are on the disk of ${machineTitle(0)}` }] : []
      return { world: next, did: `start ${the(name)} on ${machineTitle(goal)}`, came: [...behind, ...came] }
    }
    default: {
      if (!alive(now.machine))
        throw refused(`${machineTitle(now.machine)} is down, and a dead machine hands nothing over: start ${the(name)} on ${machineTitle(goal)}`)
      const did = `move ${the(name)} to ${machineTitle(goal)}`
      const there = change(world, name, { machine: goal, state: 'stopped', message: undefined, leaks: undefined, death: undefined })
      const baggage = name === 'database' ? isEmpty(there.programs[name], name) ? `its data stay behind, on the disk of ${machineTitle(now.machine)}` : 'its data are here' : world.boxed ? undefined : world.machines[goal]!.library === library ? 'the library it needs is there' : 'its library stays behind'
      const came = [{ by: the(name), text: `comes ${world.boxed ? 'in its container' : 'alone'}${baggage ? `: ${baggage}` : ''}` }]
      if (!running)
        return { world: there, did, came }
      const again = start(there, name)
      return { world: again.world, did, came: [...came, ...again.came] }
    }
  }
}
