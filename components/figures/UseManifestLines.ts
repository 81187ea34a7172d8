// The manifest of the exercise, as it stands in public/exercise/app.yaml, and what its lines promise.

export const manifest = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - name: web
        image: nginx:1.27
        readinessProbe:
          httpGet: {path: /, port: 80}
        resources:
          requests: {cpu: 100m, memory: 64Mi}
          limits: {memory: 128Mi}
`

export interface Pledge {
  /** first and last line, from 1 */
  lines: readonly [number, number]
  /** what it is about, where that is more than its own words stand beside: the bar is so long */
  about?: readonly [number, number]
  /** the key that ties the words to their lines */
  lead: string
  text: string
  /** the click that shows it; 0 is from the start */
  click: number
}

export const promises: readonly Pledge[] = [
  { lines: [1, 4], lead: 'kind:', text: 'a Deployment, named web', click: 0 },
  { lines: [5, 5], lead: 'spec:', text: 'what should be', click: 1 },
  { lines: [6, 6], lead: 'replicas:', text: 'three, now and from now on', click: 1 },
  { lines: [7, 8], lead: 'selector:', text: 'my Pods: those with this label', click: 2 },
  { lines: [9, 11], about: [9, 20], lead: 'template:', text: 'what each Pod is, with the label', click: 2 },
  { lines: [14, 14], lead: 'name:', text: 'the container’s own name', click: 3 },
  { lines: [15, 15], lead: 'image:', text: 'from a registry, without Docker', click: 3 },
  { lines: [16, 17], lead: 'readinessProbe:', text: 'no callers until ready', click: 4 },
  { lines: [19, 19], lead: 'requests:', text: 'room set aside, used or not', click: 5 },
  { lines: [20, 20], lead: 'limits:', text: 'more memory, and it is killed', click: 5 },
]

/** The Service's manifest, as it stands in public/exercise/service.yaml. */
export const serviceManifest = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports:
  - port: 80
    targetPort: 80
`

export const servicePromises: readonly Omit<Pledge, 'click' | 'about'>[] = [
  { lines: [1, 1], lead: 'apiVersion:', text: 'version v1 of the API’s core' },
  { lines: [2, 2], lead: 'kind:', text: 'a Service' },
  { lines: [4, 4], lead: 'name:', text: 'by which others find it' },
  { lines: [6, 6], lead: 'selector:', text: 'all Pods with this label, whoever made them' },
  { lines: [8, 8], lead: 'port:', text: 'where callers knock at the Service' },
  { lines: [9, 9], lead: 'targetPort:', text: 'where the container listens; if left out, the same' },
]

/** What readers of app.yaml ask about, each with its meaning. */
export const wordsOfManifest: readonly (readonly [string, string])[] = [
  ['apiVersion: apps/v1', 'another part of the API, called apps, in its version v1'],
  ['labels: {app: web}', 'the label app, with the value web: matchLabels asks for it'],
  ['containerPort: 80', 'in web.yaml, a note: the program listens there'],
  ['cpu: 100m', 'a tenth of a core'],
  ['memory: 64Mi', 'sixty-four mebibytes, each a little over a million bytes'],
]
