// Questions of sections 1 to 6, but for section 4.
import type { Question } from './index.ts'

export const why: readonly Question[] = [
  {
    id: 'update-downtime',
    ask: 'A web shop runs in one container: a box that holds a program with all it needs. You stop it and start the new version. What do users notice?',
    facts: 'A4',
    options: [
      { text: 'A gap: nobody answers until the new one is ready', right: true, reply: 'Right. Stopped is stopped, and a program that starts does not answer yet.' },
      { text: 'Nothing: containers are replaced without downtime', reply: 'The swap is easy. Without room for a second one, somebody meets the closed door.', misconception: 'container-no-downtime' },
      { text: 'Nothing: the machine inside keeps running', reply: 'Whatever is inside stops with it: nothing is left to answer. What is inside, we ask later.', misconception: 'small-vm' },
      { text: 'A short wait; then the files they had uploaded are there again', reply: 'The wait is right. The files are not: what the old container wrote went with it.', misconception: 'files-survive' },
    ],
  },
  {
    id: 'memory-full',
    ask: 'A shop, a blog and a large database run on one machine. The blog leaks memory until there is none left. What happens?',
    facts: 'I2',
    options: [
      { text: 'The blog is stopped: it is the guilty one', reply: 'The kernel needs room: it looks for the largest, here the database, not for the guilty one.', misconception: 'oom-guilty' },
      { text: 'Whatever holds the most memory is killed', right: true, reply: 'Here the database, which did nothing wrong. Had the blog grown larger: the blog.' },
      { text: 'The whole machine stops', reply: 'It gets slow, but the kernel defends itself: it kills a process to get memory back.', misconception: 'oom-guilty' },
      { text: 'Nothing: each program has a share of its own', reply: 'Bare programs share one memory. A container can be given a limit: a ceiling, not a share.', misconception: 'oom-guilty' },
    ],
  },
  {
    id: 'container-what',
    ask: 'Three containers run on one Linux machine. How many kernels run?',
    facts: 'A5',
    options: [
      { text: 'One: all three use the machine’s', right: true, reply: 'Right. The containers are processes of that one kernel, each with a restricted view.' },
      { text: 'Two: Docker’s for the containers, and the machine’s', reply: 'Docker is a tool that starts containers. The walls are made by the machine’s own kernel.', misconception: 'needs-docker' },
      { text: 'Three: each container brings its own', reply: 'That would be three virtual machines. A container holds programs and their files, no kernel.', misconception: 'small-vm' },
      { text: 'Four: three small ones, and one below', reply: 'No small ones: nothing in a container boots a kernel. Guests on a host are virtual machines.', misconception: 'small-vm' },
    ],
  },
]
