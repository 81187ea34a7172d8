// Questions of sections 10 to 12.
import type { Question } from './index.ts'

export const who: readonly Question[] = [
  {
    id: 'google-inside',
    ask: 'When Google published Kubernetes, what did its own services run on?',
    options: [
      {
        text: 'On Kubernetes: an internal system, now made public',
        reply: 'That system was Borg, and it stayed inside. Kubernetes was written anew, for everyone else.',
        misconception: 'invented-by-google',
      },
      {
        text: 'On Borg: an older system that stayed inside',
        right: true,
        reply: 'Right. Borg kept the job; its ideas went into Kubernetes, its code did not.',
      },
      {
        text: 'On Docker, like everyone who used containers',
        reply: 'Google ran containers years before Docker appeared. Docker made them easy for everyone.',
        misconception: 'needs-docker',
      },
      {
        text: 'On small virtual machines, one for each service',
        reply: 'Everything there ran in containers: processes on a shared kernel, not small machines.',
        misconception: 'small-vm',
      },
    ],
  },
]
