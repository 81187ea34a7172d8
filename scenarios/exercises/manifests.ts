// The objects that exercises begin with, as operations of their scripts.
import type { Intervention } from '../../cluster/index.ts'
import { parseAllDocuments } from 'yaml'

/** Applies all objects of a manifest at a time (virtual ms), as somebody did before the learner came. */
export function applied(text: string, at = 1000): Intervention[] {
  return parseAllDocuments(text).map(document => ({ at, op: 'apply', manifest: document.toJS() as unknown }) as Intervention)
}

interface DeploymentOptions {
  readonly name?: string
  readonly replicas?: number
  readonly image?: string
  /** resource request */
  readonly cpu?: string
  readonly memory?: string
  /** lines of the container, as YAML without its indent */
  readonly container?: string
}

/** A Deployment's manifest as the lecture writes one. */
export function deployment({ name = 'web', replicas = 3, image = 'web:1', cpu = '100m', memory = '64Mi', container = '' }: DeploymentOptions = {}): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
      - name: ${name}
        image: ${image}
        ports:
        - containerPort: 80
        resources:
          requests:
            cpu: ${cpu}
            memory: ${memory}
${container && `${container.split('\n').map(line => `        ${line}`).join('\n')}\n`}`
}

/** A Service's manifest: one name for the Pods with a label. */
export function service({ name = 'web', app = name }: { name?: string, app?: string } = {}): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector:
    app: ${app}
  ports:
  - port: 80
`
}
