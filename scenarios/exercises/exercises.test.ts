// Every exercise, done through the real terminal: by its answer, by other ways, by wrong ways, and by waiting.
import type { Glance, Timeline } from '../../cluster/index.ts'
import type { Entry } from '../../cluster/kubectl/index.ts'
import type { Exercise } from './exercise.ts'
import type { Typed } from './tries.ts'
import { describe, expect, it } from 'vitest'
import { createCluster } from '../../cluster/index.ts'
import { editorOf, terminalOf } from '../../cluster/kubectl/index.ts'
import { totals } from '../../cluster/network/requests.ts'
import { parseLine } from '../../cluster/kubectl/words.ts'
import { factsOf } from '../../data/facts.ts'
import { glossary } from '../../data/glossary.ts'
import { clueOf, continued, endsOf, exerciseOf, exercises, lineOf, scenarioOf } from './index.ts'
import { isReady, podsOf } from './state.ts'
import { tries } from './tries.ts'

const SEEDS = [1, 7]
const MINUTE = 60_000

/** The timelines of a cluster at rest, made once a seed: what is tried forks them. */
const fresh = new Map<string, Timeline>()
function open(exercise: Exercise, seed: number): Timeline {
  const key = `${exercise.id} ${seed}`
  if (!fresh.has(key))
    fresh.set(key, createCluster(scenarioOf(exercise), seed))
  return fresh.get(key)!
}

interface Typing { timeline: Timeline, at: number }

/** Types a step and waits as long as it says; the entry as it stands then. */
function type(typing: Typing, step: Typed): Entry {
  const line = typing.timeline.look(typing.at, glance => lineOf(step, glance))
  typing.timeline = typing.timeline.fork(typing.at, { op: 'kubectl', line, ...(step.files && { files: step.files }) })
  if (step.edit) {
    const before = typing.timeline.look(typing.at, ({ state }) => editorOf(terminalOf(state).waiting)?.text)
    const text = step.edit(before ?? '')
    expect(text, `${line}: the editor opens with a text that is changed`).not.toBe(before)
    typing.timeline = typing.timeline.fork(typing.at + 1000, { op: 'edited', text })
    typing.at += 1000
  }
  typing.at += step.wait ?? MINUTE
  return typing.timeline.look(typing.at, ({ state }) => terminalOf(state).entries.at(-1)!)
}

const printed = ({ chunks }: Entry) => chunks.map(({ text }) => text).join('')

function typeAll(exercise: Exercise, seed: number, steps: readonly Typed[]): Typing {
  const typing = { timeline: open(exercise, seed), at: exercise.begin }
  for (const step of steps) {
    const entry = type(typing, step)
    expect(entry.exit, `${entry.line}\n${printed(entry)}`).toBe(step.exit ?? 0)
  }
  return typing
}

const verdict = ({ timeline, at }: Typing, { check }: Exercise) => timeline.look(at, check)
const told = (steps: readonly Typed[]) => steps.map(({ line }) => line).join(' ⏎ ')

describe.each(exercises.map(exercise => [exercise.id, exercise] as const))('%s', (id, exercise) => {
  it.each(SEEDS)('begins unsolved, at rest, with an empty terminal, and says what is missing (seed %i)', (seed) => {
    open(exercise, seed).look(exercise.begin, (glance: Glance) => {
      const first = exercise.check(glance)
      expect(first).toEqual({ done: false, missing: expect.stringMatching(/^[A-Z].{10,110}\.$/) as string })
      expect(terminalOf(glance.state).entries).toEqual([])
    })
    const late = open(exercise, seed).writes(exercise.begin - 10_000, exercise.begin)
    expect(late.filter(({ kind, type, object, old }) => kind !== 'Event' && (type !== 'MODIFIED' || object.metadata.generation !== old?.metadata.generation))).toEqual([])
  })

  it.each(SEEDS)('stays unsolved for ten minutes in which nobody does anything (seed %i)', (seed) => {
    for (const minutes of [1, 3, 10])
      expect(verdict({ timeline: open(exercise, seed), at: exercise.begin + minutes * MINUTE }, exercise).done).toBe(false)
  })

  it.each(SEEDS)('is solved by its answer, and by that only at the end (seed %i)', (seed) => {
    const before = exercise.answer.findLastIndex(({ line }) => !/kubectl (?:get|describe|rollout (?:status|history)|exec)|^cat/.test(line))
    expect(verdict(typeAll(exercise, seed, exercise.answer.slice(0, before)), exercise).done).toBe(false)
    const solved = typeAll(exercise, seed, exercise.answer)
    expect(verdict(solved, exercise)).toEqual({ done: true, missing: '' })
    solved.at += 2 * MINUTE
    expect(verdict(solved, exercise), 'and stays solved').toEqual({ done: true, missing: '' })
  })

  it('is solved as well by those who think for a quarter of an hour first', () => {
    const typing = { timeline: open(exercise, SEEDS[0]!), at: exercise.begin + 15 * MINUTE }
    exercise.answer.forEach(step => type(typing, step))
    expect(verdict(typing, exercise)).toEqual({ done: true, missing: '' })
  })

  it.each(tries[id]!.right.flatMap(steps => SEEDS.map(seed => [told(steps), seed, steps] as const)))('is solved by %s, too (seed %i)', (_, seed, steps) => {
    expect(verdict(typeAll(exercise, seed, steps), exercise)).toEqual({ done: true, missing: '' })
  })

  it.each(tries[id]!.wrong.flatMap(steps => SEEDS.map(seed => [told(steps), seed, steps] as const)))('is not solved by %s (seed %i)', (_, seed, steps) => {
    const typing = typeAll(exercise, seed, steps)
    expect(verdict(typing, exercise)).toEqual({ done: false, missing: expect.stringMatching(/^[A-Z].{10,110}\.$/) as string })
  })

  it('is not solved, and still checked in words, where all is deleted', () => {
    const typing = typeAll(exercise, SEEDS[0]!, [...exercise.answer, { line: 'kubectl delete deployments,services,hpa,pods --all', wait: 40_000 }, { line: 'kubectl delete nodes --all', wait: 5000 }])
    expect(verdict(typing, exercise)).toEqual({ done: false, missing: expect.stringMatching(/^[A-Z].{10,110}\.$/) as string })
  })

  it('names in its answer what each sentence speaks of, before it is solved; what is gone then keeps its word in capitals', () => {
    const { timeline, at } = typeAll(exercise, SEEDS[0]!, exercise.answer)
    const capitals = (line: string) => line.match(/\b[A-Z]{3,}\b/g) ?? []
    for (const step of exercise.answer) {
      const line = timeline.look(at, glance => lineOf(step, glance))
      expect(line).not.toMatch(/ {2}| $/)
      // a Pod that was replaced is not described any more by the answer's words
      if (exercise.rescue && line.includes('describe pod'))
        expect(capitals(line)).toEqual(['POD'])
    }
  })

  it('is checked without being changed', () => {
    const timeline = open(exercise, 1)
    const before = timeline.hash(exercise.begin)
    const first = timeline.look(exercise.begin, exercise.check)
    expect(timeline.look(exercise.begin, exercise.check)).toEqual(first)
    expect(timeline.hash(exercise.begin)).toBe(before)
  })

  it('is told in full, in short sentences and in words that the glossary has', () => {
    const { title, goal, start, hints, look, words, facts, answer } = exercise
    expect(title.split(' ').length).toBeLessThanOrEqual(6)
    for (const sentence of [goal, start, ...hints, look.question, look.answer, ...answer.map(({ says }) => says)])
      expect(sentence).toMatch(/^[A-Z\d].*[.?]$|^[\da-z`].*\.$|^`kubectl \S/)
    expect(hints.length).toBeGreaterThanOrEqual(3)
    expect(words.filter(word => !glossary.some(each => each.id === word))).toEqual([])
    expect(factsOf(facts).length).toBeGreaterThan(0)
    expect(tries[id]!.wrong.length).toBeGreaterThanOrEqual(2)
    expect(tries[id]!.right.length).toBeGreaterThanOrEqual(1)
    // a hint that is nearly the answer comes last
    expect(hints.slice(0, 1).join('')).not.toMatch(/kubectl (?:apply|set|scale|label|uncordon|drain|expose|rollout undo|edit)/)
    expect(exerciseOf(id)).toBe(exercise)
  })
})

/** What `kubectl get pods` says in its column STATUS when a learner begins, as the exercise tells it. */
const STATES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'first-look': { '1/1 Running': 4 },
  'run-it': {},
  'lose-one': { '1/1 Running': 3 },
  'want-more': { '1/1 Running': 3 },
  'one-name': { '1/1 Running': 3 },
  'new-version': { '1/1 Running': 4 },
  'empty-a-node': { '1/1 Running': 6 },
  'undo-it': { '1/1 Running': 3, '0/1 Running': 2 },
  'rescue-selector': { '1/1 Running': 3 },
  'rescue-image': { '0/1 ImagePullBackOff': 3 },
  'rescue-too-big': { '0/1 Pending': 3 },
  'rescue-probe': { '0/1 Running': 3 },
  'rescue-memory': { '0/1 CrashLoopBackOff': 3 },
  'rescue-cordon': { '1/1 Running': 4, '0/1 Pending': 2 },
  'rescue-autoscaler': { '1/1 Running': 3 },
}

describe('what there is at the beginning', () => {
  it.each(exercises.flatMap(exercise => SEEDS.map(seed => [exercise.id, seed, exercise] as const)))('is what %s says (seed %i)', (id, seed, exercise) => {
    const typing = { timeline: open(exercise, seed), at: exercise.begin }
    const seen: Record<string, number> = {}
    for (const [, state] of printed(type(typing, { line: 'kubectl get pods --no-headers', wait: 0 })).matchAll(/^\S+ +(\d\/\d +\S+)/gm))
      seen[state!.replace(/ +/, ' ')] = (seen[state!.replace(/ +/, ' ')] ?? 0) + 1
    expect(seen).toEqual(STATES[id])
  })
})

describe('a label on the wrong thing', () => {
  it('is told of: a Pod is no node', () => {
    const exercise = exerciseOf('first-look')!
    expect(verdict(typeAll(exercise, 1, [{ line: 'kubectl label pod lookout found=here' }]), exercise).missing).toBe('The label is on the Pod lookout, and asked for is a node.')
  })
})

describe('a dead end', () => {
  it.each([
    ['first-look', 'kubectl delete pod lookout'],
    ['lose-one', 'kubectl delete deployment web'],
    ['one-name', 'kubectl delete deployment web'],
    ['empty-a-node', 'kubectl delete node node-2'],
    ['empty-a-node', 'kubectl delete deployment web'],
    ['undo-it', 'kubectl delete deployment web'],
    ['rescue-selector', 'kubectl delete deployment web'],
    ['rescue-cordon', 'kubectl delete node node-2'],
    ['rescue-cordon', 'kubectl delete deployment web'],
    ['rescue-autoscaler', 'kubectl delete deployment web'],
  ])('of %s, after %s, says that it is one and how to begin anew', (id, line) => {
    const exercise = exerciseOf(id)!
    expect(verdict(typeAll(exercise, 1, [{ line }]), exercise).missing).toContain('Start over with ↺.')
  })

  it('is one where a Deployment was made anew: none of its Pods takes the place of one that was there', () => {
    const exercise = exerciseOf('lose-one')!
    const anew: Typed[] = [{ line: 'kubectl delete deployment web', wait: 10_000 }, { line: 'kubectl create deployment web --image=web:1 --replicas=3', wait: 20_000 }, { line: 'kubectl delete pods -l app=web', wait: 20_000 }, { line: 'kubectl label pods -l app=web role=successor' }]
    expect(verdict(typeAll(exercise, 1, anew), exercise)).toEqual({ done: false, missing: expect.stringMatching(/^This Deployment web is another .* Start over with ↺\.$/) })
  })

  it('is none where every node was closed: a verb opens them, and it is named', () => {
    const exercise = exerciseOf('empty-a-node')!
    const closed: Typed[] = [{ line: 'kubectl drain node-1 node-2 node-3' }]
    expect(verdict(typeAll(exercise, 1, closed), exercise).missing).toMatch(/^Every node is closed to new Pods/)
    expect(verdict(typeAll(exercise, 1, [...closed, { line: 'kubectl uncordon node-1 node-3' }]), exercise).done).toBe(true)
  })
})

/** An exercise after its answer and these lines. */
const after = (id: string, ...lines: Typed[]) => {
  const exercise = exerciseOf(id)!
  return typeAll(exercise, SEEDS[0]!, [...exercise.answer, ...lines])
}

describe('what there is to look at', () => {
  const podsOn = ({ timeline, at }: Typing, node: string) => timeline.look(at, ({ api }) => api.list('Pod', { node }).length)
  const count = (text: string, what: string) => text.split(what).length - 1

  it('is there: the scheduler chose the node, and says so', () => {
    expect(printed(type(after('first-look'), { line: 'kubectl describe pod lookout' }))).toMatch(/Scheduled .*default-scheduler/)
  })

  it('is there: one wish has made five objects', () => {
    expect(printed(type(after('run-it'), { line: 'kubectl get deployments,replicasets,pods -o name' })).trim().split('\n')).toHaveLength(5)
  })

  it('is there: the file says three, and takes two Pods away', () => {
    const { timeline, at } = after('want-more', { line: 'kubectl apply -f web.yaml' })
    expect(timeline.look(at, ({ api }) => podsOf(api, 'web').length)).toBe(3)
  })

  it('is there: at least three are ready and at most five are there in a rollout', () => {
    const { begin } = exerciseOf('new-version')!
    const { timeline, at } = after('new-version')
    const seen = timeline.writes(begin, at).filter(({ kind }) => kind === 'Pod').map(each => timeline.look(each.at, ({ api }) => api.list('Pod', { labels: 'app=web' }).filter(({ metadata }) => !metadata.deletionTimestamp)))
    expect(Math.max(...seen.map(pods => pods.length))).toBe(5)
    expect(Math.min(...seen.map(pods => pods.filter(isReady).length))).toBe(3)
  })

  it('is there: no Pod returns to a node that is uncordoned', () => {
    expect(podsOn(after('empty-a-node', { line: 'kubectl uncordon node-2' }), 'node-2')).toBe(0)
  })

  it('is there: three of four go on serving while a broken version is rolled out', () => {
    const { begin } = exerciseOf('undo-it')!
    const { ok, ...lost } = open(exerciseOf('undo-it')!, SEEDS[0]!).look(begin + 5 * MINUTE, ({ world }) => totals(world.network!, 'users'))
    expect(ok).toBeGreaterThan(1000)
    expect(Object.values(lost).reduce((sum, n) => sum + n)).toBeLessThan(ok / 200)
  })

  it('is there: a broken first version has no history to go back to', () => {
    expect(count(printed(type({ timeline: open(exerciseOf('rescue-image')!, 1), at: MINUTE }, { line: 'kubectl rollout history deployment web' })), '<none>')).toBe(1)
  })

  it('is there: three Pods at twice the target make six or seven', () => {
    const { timeline, at } = after('rescue-autoscaler')
    expect([6, 7]).toContain(timeline.look(at, ({ api }) => api.get('Deployment', 'default', 'web')?.spec.replicas))
  })
})

describe('on paper', () => {
  it('asks without giving away what the hints open one by one', () => {
    for (const { goal, start, hints } of exercises)
      hints.forEach(hint => expect(`${goal} ${start}`).not.toContain(hint))
  })

  it('has what a broken cluster would tell who asks it', () => {
    const clue = (id: string) => clueOf(exerciseOf(id)!)
    expect(clue('run-it')).toBeUndefined()
    expect(clue('undo-it')).toContain('500')
    expect(clue('rescue-selector')).toBe('Service web: Selector: app=wbe, no Endpoints')
    expect(clue('rescue-image')).toBe('Failed to pull image "web:nope": rpc error: … not found')
    expect(clue('rescue-too-big')).toBe('0/3 nodes are available: 3 Insufficient memory')
    expect(clue('rescue-probe')).toMatch(/8080.*refused/)
    expect(clue('rescue-memory')).toBe('Last State: Terminated, Reason: OOMKilled, Exit Code: 137')
    expect(clue('rescue-cordon')).toBe('0/3 nodes are available: … 1 node(s) were unschedulable, 2 Insufficient cpu')
    expect(clue('rescue-autoscaler')).toBe('ScalingLimited, TooManyReplicas: the desired replica count is more than the maximum replica count')
    expect(exercises.filter(each => each.rescue && !clueOf(each))).toEqual([])
  })

  it('breaks a long command so that each line fits, and a shell reads the same words', () => {
    const lines = exercises.flatMap(({ answer }) => answer.map(({ line }) => line))
    expect(lines.some(line => line.length > 42)).toBe(true)
    for (const line of lines) {
      const broken = continued(line, 42)
      expect(broken.length > 1, line).toBe(line.length > 42)
      broken.forEach(each => expect(each.length).toBeLessThanOrEqual(42))
      expect(parseLine(broken.map(each => each.replace(/\\$/, '')).join(''))).toEqual(parseLine(line))
    }
  })

  it.each(exercises.map(exercise => [exercise.id, exercise] as const))('draws what the answer makes of %s', (_, exercise) => {
    const { before, after } = endsOf(exercise)
    expect(before).not.toEqual(after)
    expect(after.pods.length).toBeGreaterThan(0)
    expect(after.pods.map(({ state }) => state)).toEqual(after.pods.map(() => 'ready'))
    expect(exercise.rescue && after.machines.some(({ cordoned }) => cordoned)).toBe(false)
    for (const says of [exercise.ends.before, exercise.ends.after])
      expect(says.length).toBeLessThanOrEqual(46)
  })

  it.each(exercises.map(exercise => [exercise.id, exercise] as const))('keeps room in the picture of %s for its Pods, those that wait and the sign of a closed node, before and after', (_, exercise) => {
    const { aboard = 2, quay = false, closed = false } = exercise.room ?? {}
    const { before, after } = endsOf(exercise)
    for (const { machines, pods } of [before, after]) {
      expect(Math.max(...machines.map(({ name }) => pods.filter(({ node }) => node === name).length))).toBeLessThanOrEqual(aboard)
      expect(pods.some(({ node }) => !node) && !quay).toBe(false)
      expect(machines.some(({ cordoned }) => cordoned) && !closed).toBe(false)
    }
  })
})

describe('the exercises', () => {
  it('are at least ten, each with an id of its own, the rescues last', () => {
    expect(exercises.length).toBeGreaterThanOrEqual(10)
    expect(new Set(exercises.map(({ id }) => id)).size).toBe(exercises.length)
    expect(exercises.map(({ rescue }) => rescue)).toEqual(exercises.map(({ rescue }) => rescue).sort())
    expect(Object.keys(tries).sort()).toEqual(exercises.map(({ id }) => id).sort())
  })
})

describe('a cluster to practise in', () => {
  const after = (id: string, ...steps: Typed[]) => {
    const typing = typeAll(exerciseOf(id)!, SEEDS[0]!, steps)
    return typing.timeline.look(typing.at, ({ api }) => ({ ready: podsOf(api, 'web').filter(isReady).length, said: api.list('Event').map(({ message }) => message) }))
  }

  it('has the images that there are: one that is misspelt is not pulled, as a registry says it', () => {
    const { ready, said } = after('rescue-image', { line: 'kubectl set image deployment web web=wbe:1' })
    expect(ready).toBe(0)
    expect(said).toContain('Failed to pull image "wbe:1": rpc error: code = Unknown desc = failed to pull and unpack image "docker.io/library/wbe:1": failed to resolve reference "docker.io/library/wbe:1": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed')
    expect(after('rescue-image', { line: 'kubectl set image deployment web web=nginx:1.27' }).ready).toBe(3)
  })

  it('has programs that listen where they listen, whatever their containers name', () => {
    const moved: Typed = { line: 'kubectl patch deployment web --type=json -p \'[{"op":"replace","path":"/spec/template/spec/containers/0/ports/0/containerPort","value":8080}]\'' }
    expect(after('rescue-probe', moved).ready).toBe(0)
    expect(after('one-name', moved).ready).toBe(3)
  })
})
