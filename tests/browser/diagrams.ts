// Every live diagram, one row each: where it stands, its story, and something to do to it that can be seen.
import type { Story } from '../../models/story.ts'
import type { Met, Placed } from './diagram.ts'
import { adoptionStory } from '../../models/adoption.ts'
import { casesStory } from '../../models/cases.ts'
import { historyStory } from '../../models/history.ts'
import { machineStory } from '../../models/machine.ts'
import { shipStory } from '../../models/ship.ts'
import { loopStory } from '../../scenarios/loop.ts'
import { oneNameStory } from '../../scenarios/oneName.ts'
import { rollingStory } from '../../scenarios/rolling.ts'
import { thingsBreakStory } from '../../scenarios/thingsBreak.ts'
import { shortName } from '../../scenarios/view.ts'
import { expect } from './deck.ts'

export interface DiagramRow extends Placed {
  story: Story<unknown>
  /** names of its own controls, each of which Tab must reach */
  controls: readonly string[]
  /** a button of its own that changes it */
  press: string
  /** pressing it leaves the script: the next click takes the script up again */
  ends?: true
  /** what is then to be seen */
  changed: (met: Met) => Promise<void>
}

const pressed = (name: string, to: boolean) => (met: Met) => expect(met.button(name)).toHaveAttribute('aria-pressed', String(to))

/** the Pod that the buttons mean at first: the first there is */
const firstPod = (story: { at: (t: number) => { pods: readonly { name: string }[] } }) => shortName(story.at(0).pods[0]!)
const crashed = (name: string) => (met: Met) => expect(met.root.locator(`.pod[data-pod$="${name}"]`)).toHaveAttribute('data-restarts', /[1-9]/)
const breaking = { pods: thingsBreakStory('pods'), machines: thingsBreakStory('machines') }

export const diagrams: readonly DiagramRow[] = [
  {
    id: 'ship',
    alias: 'ship',
    story: shipStory(),
    controls: ['cargo', 'Less: cargo', 'a box', 'dock gangs', 'More: dock gangs'],
    press: 'More: dock gangs',
    changed: met => expect(met.root.getByRole('group', { name: 'dock gangs' })).toContainText('3'),
  },
  {
    id: 'machine-bare',
    alias: 'machine',
    story: machineStory(false),
    controls: ['Stop the shop', 'Crash the shop', 'Let the shop leak memory', 'Move the shop to machine 2', 'Start the blog', 'bare', 'in containers', 'stop the kernel: machine 1'],
    press: 'in containers',
    ends: true,
    changed: pressed('in containers', true),
  },
  {
    id: 'machine-boxed',
    alias: 'machine-boxed',
    story: machineStory(true),
    controls: ['Stop the blog', 'Crash the database', 'Let the shop leak memory', 'Move the blog to machine 2', 'bare', 'in containers', 'stop the kernel: machine 2'],
    press: 'bare',
    ends: true,
    changed: pressed('bare', true),
  },
  {
    id: 'timeline',
    alias: 'timeline',
    story: historyStory(),
    controls: ['Containers', 'Google', 'Kubernetes', 'CNCF', 'Clouds'],
    press: 'CNCF',
    changed: pressed('CNCF', false),
  },
  {
    id: 'adoption',
    alias: 'adoption',
    story: adoptionStory(),
    controls: ['list of projects a row for each project', 'direct question are you using Kubernetes?', 'container users others not counted', 'one line through all'],
    press: 'one line through all',
    changed: pressed('one line through all', true),
  },
  {
    id: 'cases',
    alias: 'cases',
    story: casesStory(),
    controls: ['releases about 45 of 54', 'scale about 12 of 54', 'commerce', 'finance'],
    press: 'finance',
    changed: pressed('finance', true),
  },
  {
    id: 'breaks-pods',
    alias: 'healing',
    story: breaking.pods,
    controls: [`crash ${firstPod(breaking.pods)}`, `delete ${firstPod(breaking.pods)}`, 'power off node-1', 'cut off node-1', 'machine node-3', `Pod ${shortName(breaking.pods.at(0).pods[5]!)} on ${breaking.pods.at(0).pods[5]!.node}, ready`],
    press: `crash ${firstPod(breaking.pods)}`,
    changed: crashed(firstPod(breaking.pods)),
  },
  {
    id: 'breaks-machines',
    alias: 'dead-node',
    story: breaking.machines,
    controls: [`crash ${firstPod(breaking.machines)}`, `delete ${firstPod(breaking.machines)}`, 'power off node-2', 'cut off node-2', 'machine node-3'],
    press: `crash ${firstPod(breaking.machines)}`,
    changed: crashed(firstPod(breaking.machines)),
  },
  {
    id: 'one-name',
    alias: 'service',
    story: oneNameStory(),
    controls: [`label ${firstPod(oneNameStory())} app=debug`, `break ${firstPod(oneNameStory())}`, 'power off node-2', 'select app=shop', 'Less: Pods', 'Pods', 'More: Pods', 'machine node-3'],
    press: 'More: Pods',
    changed: met => expect(met.root.locator('.one-name')).toHaveAttribute('data-wanted', '5'),
  },
  {
    id: 'loop',
    alias: 'loop',
    story: loopStory(),
    controls: ['wanted', 'Less: wanted', 'More: wanted', 'dial', 'More: dial', 'window open', 'Pod by hand', 'delete the ReplicaSet'],
    press: 'More: dial',
    ends: true,
    changed: met => expect(met.root.getByRole('group', { name: 'dial' })).toContainText('22°'),
  },
  {
    id: 'rolling-update',
    alias: 'rolling-update',
    story: rollingStory(),
    controls: ['replicas', 'Less: replicas', 'surge', 'More: surge', 'unavailable', 'roll out: good', 'roll out: slow', 'roll out: crashing', 'roll out: no image', 'readiness probe', 'pause rollout', 'undo'],
    press: 'More: surge',
    ends: true,
    changed: met => expect(met.root.getByRole('group', { name: 'surge' })).toContainText('4'),
  },
]
