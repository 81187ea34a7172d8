// Helpers of the terminal's tests: a cluster with a terminal, and lines typed into it.
import { createKernel } from '../../cluster/index.ts'
import type { Kernel } from '../../cluster/index.ts'
import { base, machines, scenarioOn } from '../../scenarios/base.ts'
import { fieldDocs } from '../../scripts/lib/fielddocs.ts'
import { gate, hint, terminal, terminalOf } from '../../cluster/kubectl/index.ts'

/** A Deployment's manifest. @param extra lines of its spec */
export const deployment = (extra = '') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
${extra}  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: c
        image: nginx:1
`

/** A cluster of three machines with a terminal, where the system's Pods have been made. */
export function cluster(files: Record<string, string> = {}, docs = false, metrics = false): Kernel {
  const kernel = createKernel([...base.actors, terminal({ files, ...(docs && { docs: fieldDocs() }) })], { seed: 1, gate, world: scenarioOn(machines(3), { metrics }).world })
  kernel.runUntil(2000)
  return kernel
}

/** Types a line and waits for its end; gives what was printed. */
export function type(kernel: Kernel, line: string, most = 60_000) {
  kernel.operate({ op: 'kubectl', line })
  const began = kernel.state.now
  while (terminalOf(kernel.state).waiting && kernel.state.now < began + most)
    kernel.runUntil(kernel.state.now + 50)
  const { chunks, exit } = terminalOf(kernel.state).entries.at(-1)!
  const text = (to: string) => chunks.filter(chunk => chunk.to === to).map(chunk => chunk.text).join('')
  return { out: text('stdout'), err: text('stderr'), exit }
}
/** A cluster where the Deployment `web` of the file web.yaml has been applied. */
export function applied(): Kernel {
  const kernel = cluster({ 'web.yaml': deployment() })
  type(kernel, 'kubectl apply -f web.yaml')
  return kernel
}
/** @param ms virtual */
export const wait = (kernel: Kernel, ms: number) => kernel.runUntil(kernel.state.now + ms)
/** The line of ours under what a line printed, as it is heard: without the marks of commands. */
export const help = (kernel: Kernel, line: string) => {
  const { out, err, exit } = type(kernel, line)
  return hint(line, { stdout: out, stderr: err, exit }, terminalOf(kernel.state).session, kernel.api)?.replaceAll('`', '')
}
