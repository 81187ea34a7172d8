// What a new cluster holds before anybody asks for anything.
import type { Server } from './server.ts'

/** Makes the namespaces that every cluster has. */
export function bootstrap(api: Server): void {
  for (const name of ['kube-system', 'kube-public', 'kube-node-lease', 'default'])
    api.create('Namespace', { metadata: { name } }, 'kube-apiserver')
}
