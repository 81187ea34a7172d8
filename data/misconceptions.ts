// What learners believe before, and what is true instead. Wrong answers of the questions are built on these.

export interface Misconception {
  id: string
  /** the belief, in a learner's words */
  belief: string
  /** what is true */
  instead: string
}

export const misconceptions: readonly Misconception[] = [
  { id: 'small-vm', belief: 'A container is a small virtual machine.', instead: 'It is ordinary processes with a restricted view, on the one kernel of the machine.' },
  { id: 'needs-docker', belief: 'Kubernetes needs Docker.', instead: 'It needs a container runtime; images built with Docker run because they follow the OCI standard.' },
  { id: 'builds-code', belief: 'Kubernetes builds my code.', instead: 'It runs images that something else has built.' },
  { id: 'conductor', belief: 'An orchestrator is a conductor who calls one step after the other.', instead: 'It is a set of independent loops, each closing one gap between wanted and actual.' },
  { id: 'set-once', belief: 'Set up once, it then stands still.', instead: 'The loops never stop; the state is kept, not reached.' },
  { id: 'pods-move', belief: 'Pods move to another machine, or are repaired.', instead: 'They are replaced: a new Pod with a new name and a new identity.' },
  { id: 'dead-node-at-once', belief: 'A dead machine is noticed at once.', instead: 'It is believed alive for most of a minute, and its Pods are replaced minutes later.' },
  { id: 'scheduler-rebalances', belief: 'The scheduler sees the live load and rebalances.', instead: 'It adds up requests, once for each new Pod.' },
  { id: 'scaling-in-pod', belief: 'Scaling puts more containers into a Pod.', instead: 'Scaling makes more Pods.' },
  { id: 'pods-are-machines', belief: 'More Pods means more machines.', instead: 'The Pod autoscaler adds Pods only; machines are another loop, if there is one.' },
  { id: 'files-survive', belief: 'What a container writes is still there after it was restarted.', instead: 'Kubernetes starts a new container from the image: what the old one wrote is gone. What must stay needs a volume.' },
  { id: 'secrets-encrypted', belief: 'A Secret is encrypted.', instead: 'It is shown in base64, which anyone can read, and stored unencrypted until encryption is switched on.' },
  { id: 'oom-guilty', belief: 'When memory runs out, the guilty program is stopped.', instead: 'The kernel kills what holds most; only a limit of its own meets the guilty one.' },
  { id: 'box-itself', belief: 'The box itself made trade cheap.', instead: 'It made loading cheap; the shared corner and the standard let every crane, ship and truck take every box.' },
  { id: 'better-sack', belief: 'A box is just a better sack: what costs is the lifting.', instead: 'What cost was handling each piece; one hook moves a whole box.' },
  { id: 'container-no-downtime', belief: 'Containers alone give updates without downtime.', instead: 'A rolling update with a readiness probe does; the container only makes it easy.' },
  { id: 'invented-by-google', belief: 'Google invented containers, and Kubernetes is what Google runs inside.', instead: 'Containers are older; inside, Google ran Borg. Kubernetes was made for everyone else.' },
  { id: 'one-number', belief: 'A survey’s percentage is how many use it, and the years make one line.', instead: 'It depends on what was asked, and of whom: only like may be compared with like.' },
  { id: 'for-scaling', belief: 'Companies take Kubernetes in order to scale, or to pay less.', instead: 'Most of their stories tell of faster releases; scaling comes last.' },
  { id: 'heals-everything', belief: 'It heals itself, so nothing can go down.', instead: 'The loops carry out what is written; a wrong wish is carried out, too.' },
]
