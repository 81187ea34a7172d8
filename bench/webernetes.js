// The same rolling update of 10 Pods in @ngrok/webernetes, which runs in real time. Bundled before it runs: its modules name each other without endings.
import { BaseImage, Cluster } from '@ngrok/webernetes'
import process from 'node:process'
import { stopwatch, tell } from './lib.ts'
import { deployment } from './manifests.ts'

class Server extends BaseImage {
  static imageName = 'app'
  defaultCommand = ['server']
  async exec(ctx, argv) {
    if (argv[0] !== 'server')
      return await super.exec(ctx, argv)
    ctx.listenHttp(8080, async () => ({ statusCode: 200, body: 'ok' }))
    return await ctx.waitUntilKilled()
  }
}
class First extends Server {
  static imageVersion = '1'
}
class Second extends Server {
  static imageVersion = '2'
}

const cluster = new Cluster()
cluster.registerImage(First)
cluster.registerImage(Second)
await cluster.init()

const apply = image => cluster.apply([deployment('web', 10, {}, image)])
let status
const images = new Map()
cluster.informer('deployments', (_, object) => void (status = object.status))
cluster.informer('pods', (type, { metadata, spec }) => {
  if (metadata?.namespace !== 'default')
    return
  if (type === 'delete')
    images.delete(metadata.name)
  else
    images.set(metadata.name, spec.containers[0].image)
})

/** All Pods are of the image, ready, and no others are left; looked at as seldom as it does not matter. */
async function until(image) {
  while (!(status?.updatedReplicas === 10 && status.availableReplicas === 10 && status.replicas === 10 && images.size === 10 && [...images.values()].every(each => each === image)))
    await new Promise(resolve => setTimeout(resolve, 20))
}

await apply('app:1')
await until('app:1')
const watch = stopwatch()
await apply('app:2')
await until('app:2')
tell(watch())
process.exit(0)
