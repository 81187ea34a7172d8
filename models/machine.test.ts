import type { Intervention } from './story.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { useStory } from '../composables/useStory.ts'
import { describeStory } from '../tests/contract/story.ts'
import { machineFigures, machineStory, programNames } from './machine.ts'

const early = [0, 1000, 3999]
const ops = (boxed: boolean): { op: Intervention, when?: number[] }[] => [
  { op: { op: 'start', program: 'blog' }, when: boxed ? [12_000] : early },
  { op: { op: 'stop', program: 'shop' }, when: early },
  { op: { op: 'crash', program: 'database' }, when: early },
  { op: { op: 'leak', program: 'shop' }, when: early },
  { op: { op: 'move', program: 'shop' }, when: early },
  { op: { op: 'panic', machine: 0 }, when: early },
  { op: { op: 'boxes', on: !boxed } },
  ...(boxed ? [{ op: { op: 'limits', on: false }, when: [0, 1000, 20_000] }] : []),
]

describeStory('one machine, bare', () => machineStory(false), ops(false))
describeStory('one machine, in containers', () => machineStory(true), ops(true))

/** the story after deeds a second apart */
function after(boxed: boolean, deeds: readonly Intervention[], from = 0) {
  return deeds.reduce((story, op, i) => story.fork!(from + i * 1000, op), machineStory(boxed))
}
const end = (boxed: boolean, deeds: readonly Intervention[]) => {
  const story = after(boxed, deeds)
  return story.at(story.duration)
}
const state = (boxed: boolean, deeds: readonly Intervention[], name: string) => end(boxed, deeds).programs.find(p => p.name === name)!

describe('programs on a bare machine', () => {
  it('cannot share a port: the second does not start', () => {
    expect(state(false, [{ op: 'start', program: 'blog' }], 'blog')).toMatchObject({ state: 'refused', message: 'port 80: address already in use' })
  })

  it('have the port to themselves when the other is gone, and then miss the library', () => {
    expect(state(false, [{ op: 'stop', program: 'shop' }, { op: 'start', program: 'blog' }], 'blog')).toMatchObject({ state: 'refused', message: 'library v2 needed: v1 is installed' })
  })

  it('share one library: what one installs another misses, but only when it starts again', () => {
    const deeds = [{ op: 'port', program: 'blog' }, { op: 'install', program: 'blog' }]
    expect(state(false, deeds, 'blog').state).toBe('running')
    expect(state(false, deeds, 'shop').state).toBe('running')
    expect(state(false, [...deeds, { op: 'stop', program: 'shop' }, { op: 'start', program: 'shop' }], 'shop').state).toBe('refused')
  })

  it('see the machine as it is: their numbers are those that it lists', () => {
    const view = machineStory(false).at(0)
    expect(view.machines[0]!.ps).toEqual(view.programs.filter(p => p.state === 'running').map(({ pid, name }) => ({ pid, name })))
    expect(view.machines[0]!.ps.map(p => p.name)).toEqual(['shop', 'database'])
  })

  it('says at rest that a dead machine is down', () => {
    const dead = after(false, [{ op: 'panic', machine: 0 }])
    expect(dead.moments.at(-1)!.sentence).toBe('Bare. Machine 1 is down: the shop and the database have ended; the blog is stopped. The disk stays.')
  })

  it('says once that both machines are down, where they are', () => {
    const both = after(false, [{ op: 'panic', machine: 1 }, { op: 'panic', machine: 0 }])
    expect(both.moments.at(-1)!.sentence).toBe('Bare. Both machines are down: the shop and the database have ended; the blog is stopped.')
  })

  it('run out of memory together: the largest is killed, whoever leaks', () => {
    const leak = after(false, [{ op: 'leak', program: 'shop' }])
    const killed = leak.events(-1, leak.duration).filter(e => e.by === 'the kernel')
    expect(killed.map(e => e.text.match(/\((\w+)\)/)![1])).toEqual(['database', 'shop'])
    expect(killed.every(e => e.text.startsWith('Out of memory'))).toBe(true)
    expect(killed.map(e => e.text.split(', which ')[1])).toEqual(['held most, 4.0 GB', 'held most, 7.5 GB'])
  })

  it('say in which order they were killed, and how much each held', () => {
    const leak = after(false, [{ op: 'leak', program: 'shop' }])
    const view = leak.at(leak.duration)
    expect(view.programs.map(p => p.killed)).toEqual([{ held: 7500, pid: 4021, limit: false, place: 2, of: 2 }, undefined, { held: 4000, pid: 4230, limit: false, place: 1, of: 2 }])
    expect(leak.moments.at(-1)!.sentence).toBe('Bare. Machine 1: killed, always the largest: the database, then the shop; the blog is stopped.')
    const anew = leak.fork!(leak.duration, { op: 'start', program: 'database' })
    expect(anew.at(anew.duration).programs.map(p => p.killed?.of)).toEqual([1, undefined, undefined])
  })

  it('have a summary that keeps to its line, whatever one does to them', () => {
    for (const boxed of [false, true]) {
      for (const program of programNames) {
        expect(after(boxed, [{ op: 'panic', machine: 0 }, { op: 'elsewhere', program }]).moments.at(-1)!.sentence.length).toBeLessThanOrEqual(100)
        for (const deeds of [[{ op: 'crash', program }], [{ op: 'leak', program }], [{ op: 'stop', program: 'shop' }, { op: 'panic', machine: 0 }]] as Intervention[][]) {
          if (boxed || program !== 'blog')
            expect(after(boxed, boxed ? [{ op: 'limits', on: false }, ...deeds] : deeds).moments.at(-1)!.sentence.length).toBeLessThanOrEqual(100)
        }
      }
    }
  })

  it('that crashed are said to be started by nobody', () => {
    expect(after(false, [{ op: 'crash', program: 'shop' }]).moments.at(-1)!.sentence).toBe('Bare. Machine 1: the shop has crashed, nobody starts it; the blog is stopped; the database runs.')
  })

  it('come, with what the killed one held, to no more than the machine has: the script ends at the kill', () => {
    const { programs, machines: [first] } = machineStory(false).at(machineStory(false).duration)
    expect(first!.used + programs.reduce((sum, p) => sum + (p.killed?.held ?? 0), 0)).toBe(first!.memory)
  })

  it('are killed when the memory is full, to the second', () => {
    const { memory, system, leak, programs } = machineFigures
    const room = memory - system - programs.shop.memory - programs.database.memory
    const story = after(false, [{ op: 'leak', program: 'shop' }])
    const first = story.events(-1, story.duration).find(e => e.by === 'the kernel')!
    expect(first.at).toBe(room / leak * 1000)
    expect(story.at(first.at - 1).machines[0]!.used).toBeCloseTo(memory, -1)
  })

  it('are killed at once when one more is started on a full machine', () => {
    const story = machineStory(false).fork!(0, { op: 'stop', program: 'database' }).fork!(1000, { op: 'leak', program: 'shop' }).fork!(23_000, { op: 'start', program: 'database' })
    const killed = story.events(-1, story.duration).filter(e => e.by === 'the kernel')
    expect(killed[0]).toMatchObject({ at: 23_000 })
    expect(killed[0]!.text).toContain('(shop)')
  })

  it('leave on a machine that was full the mark of it, until anything else there takes memory or gives it back', () => {
    const story = after(false, [{ op: 'leak', program: 'shop' }])
    const kill = story.events(-1, story.duration).find(e => e.by === 'the kernel')!
    expect(story.at(kill.at - 1).machines.map(m => m.full)).toEqual([undefined, undefined])
    expect(story.at(kill.at).machines.map(m => m.full)).toEqual([kill.at, undefined])
    const anew = story.fork!(kill.at + 1000, { op: 'panic', machine: 0 }).fork!(kill.at + 2000, { op: 'boot', machine: 0 })
    expect(anew.at(kill.at + 2000).machines[0]!.full).toBeUndefined()
    const then = (op: Intervention) => story.fork!(kill.at + 1000, op).at(kill.at + 1000).machines[0]!.full
    for (const op of ['stop', 'crash', 'move'])
      expect(then({ op, program: 'shop' }), op).toBeUndefined()
    // who needs more than is left fills it anew
    expect(then({ op: 'start', program: 'database' })).toBe(kill.at + 1000)
    // what changes no memory leaves it
    expect(then({ op: 'move', program: 'blog' })).toBe(kill.at)
    expect(then({ op: 'panic', machine: 1 })).toBe(kill.at)
  })

  it('leave their library behind when they move', () => {
    expect(state(false, [{ op: 'move', program: 'shop' }], 'shop')).toMatchObject({ machine: 1, state: 'refused', message: 'library v1 needed: v2 is installed' })
    expect(state(false, [{ op: 'move', program: 'database' }], 'database')).toMatchObject({ machine: 1, state: 'running' })
  })

  it('are said to leave it behind only where the other machine does not have it', () => {
    const comes = (deeds: readonly Intervention[], name: string) => after(false, deeds).events(-1, Infinity).filter(e => e.by === `the ${name}` && e.text.startsWith('comes')).map(e => e.text)
    const [shop, blog] = [{ op: 'move', program: 'shop' }, { op: 'move', program: 'blog' }]
    expect(comes([shop, shop], 'shop')).toEqual(['comes alone: its library stays behind', 'comes alone: the library it needs is there'])
    expect(comes([blog], 'blog')).toEqual(['comes alone: the library it needs is there'])
  })
})

describe.each([false, true])('the database (in containers: %s)', (boxed) => {
  const database = (deeds: readonly Intervention[]) => state(boxed, deeds, 'database')
  const move = { op: 'move', program: 'database' }

  it('leaves its data behind when it moves, and starts empty', () => {
    expect(machineStory(boxed).at(0).programs.at(-1)).toMatchObject({ data: 'here', memory: machineFigures.programs.database.memory })
    expect(database([move])).toMatchObject({ state: 'running', machine: 1, data: 'elsewhere', memory: machineFigures.empty })
    const story = after(boxed, [move])
    expect(story.events(-1, 0).filter(e => e.by === 'the database').map(e => e.text)).toEqual([expect.stringContaining('its data stay behind'), 'runs, empty'])
  })

  it('finds them again when it comes back', () => {
    expect(database([move, move])).toMatchObject({ state: 'running', machine: 0, data: 'here', memory: machineFigures.programs.database.memory })
  })
})

describe('programs in containers', () => {
  it('all run, each with the same port, and each is process 1', () => {
    const view = machineStory(true).at(0)
    expect(view.programs.map(p => p.state)).toEqual(['running', 'running', 'running'])
    expect(view.programs.map(p => p.port).slice(0, 2)).toEqual([80, 80])
    expect(new Set(view.programs.map(p => p.published)).size).toBe(3)
    expect(view.programs.map(p => p.pid)).toEqual([1, 1, 1])
    expect(view.machines[0]!.ps).toHaveLength(3)
  })

  it('have with them what they need, but for the data, which lie outside', () => {
    const runs = (name: string) => after(true, [{ op: 'crash', program: name }, { op: 'start', program: name }]).events(-1, Infinity).findLast(e => e.by === `the ${name}`)!.text
    expect(runs('shop')).toBe('runs, with all it needs in its container')
    expect(runs('database')).toBe('runs: the program in its container, the data outside on the disk')
  })

  it('are killed at their own limit, and no neighbour with them', () => {
    const view = end(true, [{ op: 'leak', program: 'blog' }])
    expect(view.programs.map(p => p.state)).toEqual(['running', 'killed', 'running'])
    expect(view.programs[1]!.message).toMatch(/^Memory cgroup out of memory/)
  })

  it('cannot fill the machine, whichever leak and whenever: the limits and the system fit into it', () => {
    const { memory, system, programs } = machineFigures
    expect(system + programNames.reduce((sum, name) => sum + programs[name].limit, 0)).toBeLessThanOrEqual(memory)
    fc.assert(fc.property(fc.shuffledSubarray([...programNames], { minLength: 1 }), fc.array(fc.integer({ min: 0, max: 1300 }), { minLength: 3, maxLength: 3 }), (names, pauses) => {
      let at = 0
      const story = names.reduce((told, program, i) => {
        at += pauses[i]!
        return told.fork!(at, { op: 'leak', program })
      }, machineStory(true))
      const kills = story.events(-1, story.duration).filter(e => e.by === 'the kernel').map(e => e.text)
      expect(kills).toHaveLength(names.length)
      for (const kill of kills)
        expect(kill).toMatch(/^Memory cgroup out of memory/)
    }))
  })

  it('are no wall for memory without a limit: the machine fills, and its kernel kills the largest', () => {
    const { memory, system, leak, programs } = machineFigures
    const story = after(true, [{ op: 'limits', on: false }, { op: 'leak', program: 'blog' }])
    const first = story.events(-1, story.duration).find(e => e.by === 'the kernel')!
    expect(first.text).toMatch(/^Out of memory: .*\(database\), which held most, 4\.0 GB$/)
    expect(first.at).toBe(1000 + Math.ceil((memory - system - programNames.reduce((sum, name) => sum + programs[name].memory, 0)) / leak * 1000))
    expect(story.at(0).programs.map(p => p.limit)).toEqual([undefined, undefined, undefined])
    expect(story.moments.at(-1)!.sentence).toMatch(/^No limits\. Machine 1: /)
  })

  it('that have outgrown a limit before it was set are killed when it is set, and the limits come back with new containers', () => {
    const grown = machineStory(true).fork!(0, { op: 'limits', on: false }).fork!(1000, { op: 'leak', program: 'blog' }).fork!(7000, { op: 'limits', on: true })
    expect(grown.events(-1, Infinity).filter(e => e.by === 'the kernel')).toMatchObject([{ at: 7000, text: expect.stringMatching(/^Memory cgroup out of memory/) }])
    expect(end(true, [{ op: 'limits', on: false }, { op: 'boxes', on: false }, { op: 'boxes', on: true }]).limited).toBe(true)
  })

  it('have one port outside each: the second to ask for it does not start, and runs with its own', () => {
    const asked = [{ op: 'stop', program: 'blog' }, { op: 'port', program: 'blog' }]
    expect(state(true, asked, 'blog')).toMatchObject({ state: 'refused', port: 80, message: 'port 8080 outside: already taken' })
    expect(state(true, [...asked, { op: 'port', program: 'blog' }], 'blog')).toMatchObject({ state: 'running', published: 8081 })
    expect(state(true, [{ op: 'stop', program: 'shop' }, ...asked], 'blog')).toMatchObject({ state: 'running', published: 8080 })
    expect(state(true, [...asked, { op: 'move', program: 'blog' }, { op: 'start', program: 'blog' }], 'blog')).toMatchObject({ state: 'running', published: 8080, machine: 1 })
  })

  it('stay down after a crash until somebody starts them, on any machine', () => {
    expect(state(true, [{ op: 'crash', program: 'shop' }], 'shop').state).toBe('crashed')
    expect(state(true, [{ op: 'crash', program: 'shop' }, { op: 'move', program: 'shop' }], 'shop')).toMatchObject({ state: 'stopped', machine: 1 })
    expect(state(true, [{ op: 'crash', program: 'shop' }, { op: 'move', program: 'shop' }, { op: 'start', program: 'shop' }], 'shop')).toMatchObject({ state: 'running', machine: 1 })
  })

  it('that end with their kernel are named as one speaks of one, and of several', () => {
    const stops = (deeds: readonly Intervention[]) => after(true, [...deeds, { op: 'panic', machine: 0 }]).events(-1, Infinity).find(e => e.text.startsWith('stops'))!.text
    const away = programNames.map(program => ({ op: 'move', program }))
    expect(stops([])).toBe('stops: the shop, the blog and the database end with it; memory is lost, the disk stays')
    expect(stops(away.slice(1))).toBe('stops: the shop ends with it; memory is lost, the disk stays')
    expect(stops(away)).toBe('stops: nothing ran there')
  })

  it('share one kernel: when it fails, those on its machine are gone, and only those', () => {
    const view = end(true, [{ op: 'move', program: 'blog' }, { op: 'panic', machine: 0 }])
    expect(view.programs.map(p => p.state)).toEqual(['ended', 'running', 'ended'])
    expect(view.machines[0]).toMatchObject({ alive: false, used: 0, ps: [] })
  })
})

describe.each([false, true])('a machine that is down (in containers: %s)', (boxed) => {
  const dead = [{ op: 'panic', machine: 0 }] as const
  const does = (deeds: readonly Intervention[]) => after(boxed, deeds).events(-1, Infinity)

  it('hands nothing over: what stood on it is not moved', () => {
    expect(() => after(boxed, [...dead, { op: 'move', program: 'shop' }])).toThrow('Machine 1 is down, and a dead machine hands nothing over: start the shop on machine 2')
    expect(() => after(boxed, [...dead, { op: 'start', program: 'shop' }])).toThrow('Machine 1 is down: start its kernel first, or start the shop on machine 2')
  })

  it('is no way back: a program starts on the other machine as another process, the database without its data', () => {
    const database = state(boxed, [...dead, { op: 'elsewhere', program: 'database' }], 'database')
    expect(database).toMatchObject({ state: 'running', machine: 1, data: 'elsewhere' })
    expect(does([...dead, { op: 'elsewhere', program: 'database' }]).filter(e => e.by === 'the database').map(e => e.text)).toEqual(['starts without its data: they are on the disk of machine 1', 'runs, empty'])
    expect(state(boxed, [...dead, { op: 'elsewhere', program: 'shop' }], 'shop')).toMatchObject(boxed ? { state: 'running', machine: 1 } : { state: 'refused', message: 'library v1 needed: v2 is installed' })
  })

  it('is no reason to start on the other while it runs, nor while both are down', () => {
    expect(() => after(boxed, [{ op: 'elsewhere', program: 'shop' }])).toThrow('Machine 1 runs: start the shop there, or move it')
    expect(() => after(boxed, [{ op: 'panic', machine: 1 }, ...dead, { op: 'elsewhere', program: 'shop' }])).toThrow('Machine 2 is down: start its kernel first')
  })
})

describe('what makes no sense is refused in words, and nothing changes', () => {
  it.each([
    [false, { op: 'start', program: 'shop' }, 'The shop runs already'],
    [false, { op: 'crash', program: 'blog' }, 'The blog does not run: start it first'],
    [false, { op: 'start', program: 'mail' }, 'no "mail"'],
    [false, { op: 'install', program: 'database' }, 'needs no library'],
    [false, { op: 'boxes', on: false }, 'run bare already'],
    [false, { op: 'boot', machine: 0 }, 'runs already'],
    [false, { op: 'panic', machine: 7 }, 'two machines'],
    [true, { op: 'port', program: 'shop' }, 'stop it first'],
    [true, { op: 'port', program: 'database' }, 'Nobody else asks'],
    [true, { op: 'install', program: 'shop' }, 'container brings the library'],
    [false, { op: 'limits', on: true }, 'without a container has no limit'],
    [true, { op: 'limits', on: true }, 'its limit already'],
  ] as const)('%s %o', (boxed, op, words) => {
    expect(() => machineStory(boxed).fork!(0, op)).toThrow(words)
  })

  it('a program on a machine that is down', () => {
    expect(() => after(true, [{ op: 'panic', machine: 0 }, { op: 'start', program: 'shop' }])).toThrow('Machine 1 is down: start its kernel first')
  })

  it('what you do is told to you, what the operator does of the operator', () => {
    const told = [false, true].flatMap(boxed => machineStory(boxed).events(-1, Infinity)).filter(e => e.by === 'the operator').map(e => e.text.split(' ')[0])
    expect(new Set(told)).toEqual(new Set(['starts', 'gives', 'installs', 'makes', 'lets', 'moves', 'stops']))
    const mine = ops(true).map(({ op, when = [0] }) => machineStory(true).fork!(when[0]!, op)).flatMap(story => story.events(-1, Infinity)).filter(e => e.by === 'you').map(e => e.text.split(' ')[0])
    expect(new Set(mine)).toEqual(new Set(['start', 'stop', 'make', 'let', 'move', 'take']))
  })

  it('a script that is left keeps the moments before, and says at the end what is then', () => {
    const left = machineStory(false).fork!(18_000, { op: 'stop', program: 'database' })
    expect(left.moments.map(m => m.id)).toEqual(['bare', 'port', 'yours'])
    const first = machineStory(false).fork!(0, { op: 'stop', program: 'shop' })
    expect(first.moments[0]!.sentence).toBe('Bare. Machine 1: the shop and the blog are stopped; the database runs.')
    expect(after(true, [{ op: 'move', program: 'blog' }, { op: 'crash', program: 'blog' }]).moments.at(-1)!.sentence).toBe('In containers. Machine 1: the shop and the database run. Machine 2: the blog has crashed.')
    expect(after(true, [{ op: 'move', program: 'blog' }, { op: 'move', program: 'shop' }, { op: 'move', program: 'database' }]).moments.at(-1)!.sentence).toBe('In containers. Machine 2: the shop and the blog run; the database runs, empty.')
  })

  it.each([false, true])('a later deed brings back no moment that an earlier one cut off (in containers: %s)', (boxed) => {
    const script = machineStory(boxed)
    const deed = fc.record({ wait: fc.integer({ min: 0, max: 12_000 }), op: fc.constantFrom<Intervention>(...programNames.flatMap(program => ['start', 'stop', 'crash', 'leak', 'move', 'elsewhere'].map(op => ({ op, program }))), { op: 'panic', machine: 0 }, { op: 'boot', machine: 0 }, { op: 'boxes', on: !boxed }, { op: 'limits', on: false }, { op: 'limits', on: true }) })
    fc.assert(fc.property(fc.array(deed, { minLength: 2, maxLength: 6 }), (deeds) => {
      let [story, at, cut] = [script, 0, Number.POSITIVE_INFINITY]
      for (const { wait, op } of deeds) {
        const when = Math.min(at + wait, story.duration)
        try {
          story = story.fork!(when, op)
        }
        catch {
          continue // what is refused cuts nothing off
        }
        at = when
        cut = Math.min(cut, when)
      }
      const left = story.moments.filter(m => script.moments.some(s => s.id === m.id))
      expect(left).toEqual(script.moments.filter(m => m.at < cut))
      // and each of them shows what it shows in the script
      for (const { at } of left)
        expect(story.at(at)).toEqual(script.at(at))
    }))
  })

  it.each([false, true])('the next click takes the story up where it was, whatever was done and when (in containers: %s)', (boxed) => {
    const script = machineStory(boxed)
    const state = useStory(() => machineStory(boxed))
    // each within what the one before has left of time, the last behind the script's next moment
    for (const [i, op] of ['stop', 'start', 'stop', 'start', 'stop', 'start'].entries())
      expect(state.intervene(i * 1900, { op, program: 'database' })).toBe(true)
    expect(state.story.value.duration).toBeGreaterThan(script.moments[1]!.at)
    const { at } = state.momentOf(1)
    expect(at).toBe(script.moments[1]!.at)
    expect(state.story.value.at(at)).toEqual(script.at(at))
  })

  it('moments say what the view shows', () => {
    const bare = machineStory(false)
    const at = (id: string) => bare.at(bare.moments.find(m => m.id === id)!.at).programs.map(p => p.state)
    expect(at('port')).toEqual(['running', 'refused', 'running'])
    expect(at('library')).toEqual(['refused', 'running', 'running'])
    expect(at('memory')).toEqual(['refused', 'running', 'killed'])
    const boxed = machineStory(true)
    const then = (id: string) => boxed.at(boxed.moments.find(m => m.id === id)!.at).programs.map(p => `${p.state} ${p.machine}`)
    expect(then('limit')).toEqual(['running 0', 'killed 0', 'running 0'])
    expect(then('elsewhere')).toEqual(['running 0', 'running 1', 'running 0'])
    expect(then('kernel')).toEqual(['ended 0', 'running 1', 'ended 0'])
  })
})
