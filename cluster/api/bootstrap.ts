// What a new cluster holds before anybody asks for anything.
import type { Server } from './server.ts'

/** Who makes what every cluster has. */
export const BOOTSTRAP = 'kube-apiserver'
/** Where the API server itself listens. */
export const API_SERVER = { ip: '172.18.0.2', port: 6443 } as const

const NAME = 'kubernetes'

/** The Service in front of the API server. */
export function frontService(api: Server): void {
  api.create('Service', { metadata: { name: NAME, labels: { component: 'apiserver', provider: NAME } }, spec: { clusterIP: '10.96.0.1', ports: [{ name: 'https', port: 443, targetPort: API_SERVER.port }] } }, BOOTSTRAP)
}

/** Makes the namespaces that every cluster has, and the Service in front of the API server with its endpoints. */
export function bootstrap(api: Server): void {
  for (const name of ['kube-system', 'kube-public', 'kube-node-lease', 'default'])
    api.create('Namespace', { metadata: { name } }, BOOTSTRAP)
  frontService(api)
  api.create('EndpointSlice', { metadata: { name: NAME, labels: { 'kubernetes.io/service-name': NAME } }, addressType: 'IPv4', endpoints: [{ addresses: [API_SERVER.ip], conditions: { ready: true } }], ports: [{ name: 'https', port: API_SERVER.port }] }, BOOTSTRAP)
}
