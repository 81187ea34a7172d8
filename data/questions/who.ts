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
        reply: 'Nearly everything there ran in containers: processes on a shared kernel, not small machines.',
        misconception: 'small-vm',
      },
    ],
  },
  {
    id: 'first-piece',
    ask: 'A process that sees only a part of the machine’s files: since when is there such a thing?',
    facts: 'C1 C3 C6',
    options: [
      { text: 'Since 2013, when Docker was shown', reply: 'By then all the pieces were there. Docker made them easy for everyone.', misconception: 'needs-docker' },
      { text: 'Since about 2003, when Google started Borg', reply: 'Google ran nearly everything in containers early. But chroot, in Unix, is much older still.', misconception: 'invented-by-google' },
      { text: 'Since there are virtual machines: it is a small one', reply: 'Those are older, and another thing: each brings a kernel. Here a process only sees fewer files.', misconception: 'small-vm' },
      { text: 'Since 1979, in Unix', right: true, reply: 'Right: chroot. It was the files only; users, network, processor and memory came one by one.' },
    ],
  },
  {
    id: 'asked-twice',
    ask: 'Spring 2021: 60 percent of those who answer run Kubernetes in production. In autumn the foundation asks again. How many then?',
    facts: 'D5 D6',
    options: [
      { text: 'About 60 percent, too', reply: 'Perhaps, had question and people stayed the same. Neither did.', misconception: 'one-number' },
      { text: 'A little more: it is growing', reply: 'Not a little: twenty points. Some may be growth, but question and people changed too.', misconception: 'one-number' },
      { text: 'About 80 percent', right: true, reply: 'Right: 79.5. First it was a direct question, then a list to tick; other people answered.' },
      { text: 'About 96 percent', reply: 'That was spring’s headline: its 60, and those who only try it out. In production is less.', misconception: 'one-number' },
    ],
  },
  {
    id: 'most-told',
    ask: 'On kubernetes.io companies tell what Kubernetes has brought them. What do most of these success stories speak of?',
    facts: 'A22',
    options: [
      { text: 'Scaling: many machines by day, few by night', reply: 'The usual guess, for it is what Kubernetes is known for. About 12 of 54 speak of it.', misconception: 'for-scaling' },
      { text: 'Faster releases', right: true, reply: 'Right: about 45 of 54. They are success stories, written together with the companies.' },
      { text: 'A smaller bill', reply: 'About 26 of 54 speak of cost: just under half. Faster releases are told of far more often.', misconception: 'for-scaling' },
      { text: 'Fewer failures: it heals itself', reply: 'About 16 of 54 speak of uptime: it restarts what crashes, but mends no fault in it.', misconception: 'heals-everything' },
    ],
  },
]
