// Questions of sections 7 to 9.
import type { Question } from './index.ts'

export const how: readonly Question[] = [
  {
    id: 'conductor',
    facts: 'A23',
    ask: 'Your application runs on many machines. What is the thing that steers it most like?',
    options: [
      { text: 'A conductor, who gives each player the sign to begin', misconception: 'conductor', reply: 'Nobody gives signs here. Take one thermostat away, and the others go on.' },
      { text: 'A house full of thermostats, each minding one thing', right: true, reply: 'Each compares one wish with what is, and acts on the difference. None knows the others.' },
      { text: 'An installer, who sets everything up and leaves', misconception: 'set-once', reply: 'Setting up is the easy part. What was started breaks, so something must keep looking.' },
      { text: 'A mechanic, who comes when called and repairs what broke', misconception: 'pods-move', reply: 'He comes when called, and mends the broken one. These always look, and put in a new one.' },
    ],
  },
  {
    id: 'loop',
    facts: 'F4 F9',
    ask: 'A Deployment keeps three Pods, and somebody deletes one of them. What happens?',
    options: [
      { text: 'The Deployment is told, and gives the order for a new one', misconception: 'conductor', reply: 'No order is given. The ReplicaSet’s loop sees a change, counts, and finds one missing.' },
      { text: 'Two are left: what was set up was three, and that is over', misconception: 'set-once', reply: 'Three is not what was set up once. It is what a loop compares with, again and again.' },
      { text: 'The Pod is started again where it was', misconception: 'pods-move', reply: 'That Pod is gone for good. What comes is another: new name, new address, any machine.' },
      { text: 'A loop finds one too few, and makes a new one', right: true, reply: 'It compares three with two and acts. Why one is missing makes no difference to it.' },
    ],
  },
  {
    id: 'dead-node',
    facts: 'F16 F17',
    ask: 'A machine loses its power. Its Pods belong to a Deployment. When are they made anew elsewhere, with the default settings?',
    options: [
      { text: 'At once: the control plane notices a dead machine', misconception: 'dead-node-at-once', reply: 'A silent machine may only be slow. It is believed alive for most of a minute.' },
      { text: 'After some seconds: the running Pods move to another machine', misconception: 'pods-move', reply: 'Pods never move. New ones are made, and not before the old ones are given up.' },
      { text: 'After nearly six minutes: then its Pods are given up', right: true, reply: 'Almost a minute until it is missed, then five more while its Pods tolerate that.' },
      { text: 'After about a minute: the scheduler rebalances the cluster', misconception: 'scheduler-rebalances', reply: 'By then the machine is only marked as missing. The scheduler never rebalances.' },
    ],
  },
  {
    id: 'lost-pod',
    facts: 'F18 F22',
    ask: 'Six Pods are wanted, and six run. The program in one of them crashes. What is there, some seconds later?',
    options: [
      { text: 'The same Pod, with a new container in it', right: true, reply: 'kubelet starts a new container. The Pod keeps its name and its identity, the UID.' },
      { text: 'Five Pods, until somebody starts the sixth again', misconception: 'set-once', reply: 'Nobody has to come. On each machine a loop, kubelet, looks all the time.' },
      { text: 'Another Pod, on another machine', misconception: 'pods-move', reply: 'A Pod that is itself lost is replaced, on any machine. Here only its container ended.' },
      { text: 'The same Pod, whose container goes on where it was', misconception: 'files-survive', reply: 'Its process has ended: nothing can resume it. What it wrote to its own files is gone.' },
    ],
  },
  {
    id: 'label-changed',
    facts: 'F4 F5',
    ask: 'A Service and a ReplicaSet select app=web: four Pods. Somebody changes one Pod’s label to app=debug. What happens?',
    options: [
      { text: 'Nothing: it was chosen once, and stays chosen', misconception: 'set-once', reply: 'Nothing is chosen once. Both loops ask for the label, again and again.' },
      { text: 'The Pod is repaired: it gets its old label back', misconception: 'pods-move', reply: 'No loop puts labels back. They only count the Pods that have the label.' },
      { text: 'It is stopped: the label was the order to run', misconception: 'conductor', reply: 'A label orders nothing. It only decides which loops count the Pod as theirs.' },
      { text: 'It runs on without requests, and there are four web Pods again', right: true, reply: 'It has left the Service and the ReplicaSet. The ReplicaSet counts three, and makes another.' },
    ],
  },
  {
    id: 'rolling-update',
    facts: 'F13 F14',
    ask: 'Ten Pods of version 2 serve, with a readiness probe; at most two may be missing. Version 3 crashes at its start. What do users notice?',
    options: [
      { text: 'Everything is down until somebody goes back to version 2', misconception: 'container-no-downtime', reply: 'True if all were swapped at once. Here all but two old ones stay until new ones are ready.' },
      { text: 'Nothing: eight old Pods serve on, and the update is stuck', right: true, reply: 'More old ones go only when new ones are ready, and these never are. Going back is yours.' },
      { text: 'Nothing: Kubernetes sees the crash and goes back to version 2', misconception: 'heals-everything', reply: 'It never goes back by itself. The wish still says version 3, and so it keeps trying.' },
      { text: 'Half of the requests fail: old and new share them', misconception: 'set-once', reply: 'A Pod gets requests only while it is ready. One that crashes is not.' },
    ],
  },
]
