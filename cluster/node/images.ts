// Pulling images, and what is told of it. upstream: pkg/kubelet/images
import type { Container } from 'kubernetes-types/core/v1'
import { backoffDelay, inBackoff, nextBackoff } from '../controllers/backoff.ts'
import type { Process } from './machine.ts'
import { exists, fullName, imageParts, programOf } from './programs/program.ts'
import { make } from './creating.ts'
import { RETRY, SHOWN, wait } from './process.ts'
import type { Env } from './process.ts'

/** Asking the registry for an image that is on the machine already, and finding that it does not exist: ms. */
const LOOK_UP = 50
const NOT_FOUND = 300

/** A duration as Go prints it: 1.5s, 1m20s. @param ms */
export function goDuration(ms: number): string {
  if (ms < 1000)
    return `${ms}ms`
  const minutes = Math.floor(ms / 60_000)
  const seconds = `${(ms - minutes * 60_000) / 1000}s`
  return minutes ? `${minutes >= 60 ? `${Math.floor(minutes / 60)}h` : ''}${minutes % 60}m${seconds}` : seconds
}

const backOffKey = ({ pod }: Env['pod'], image: string) => `${pod.metadata.uid}_${image}`

/** What is wrong with an image's name, if anything. upstream: distribution/reference */
function nameError(image: string): string | undefined {
  const wrong = `couldn't parse image name "${image}": invalid reference format`
  if (!/^(?:[\w.-]+(?::\d+)?\/)?[\w.-]+(?:\/[\w.-]+)*(?::\w[\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/.test(image))
    return wrong
  const path = image.replace(/[:@][^/]*$/, '')
  return path === path.toLowerCase() ? undefined : `${wrong}: repository name (${path.includes('/') ? path : `library/${path}`}) must be lowercase`
}

/**
 * Begins to get a container's image; goes on to make the container where it is there.
 * A machine pulls one image at a time. upstream: EnsureImageExists, serialImagePuller
 */
export function pull(env: Env, process: Process, { image = '', imagePullPolicy }: Container): void {
  const { machine, now, tell } = env
  process.image = image
  const policy = imagePullPolicy ?? (imageParts(image).tag === 'latest' ? 'Always' : 'IfNotPresent')
  const wrong = nameError(image)
  if (wrong) {
    const message = `Failed to apply default image tag "${image}": ${wrong}`
    tell(process, 'Warning', 'InspectFailed', message)
    tell(process, 'Warning', 'Failed', 'Error: InvalidImageName')
    return wait(process, now, 'InvalidImageName', message, RETRY)
  }
  const present = machine.images.get(image)! <= now
  if (present && policy !== 'Always') {
    tell(process, 'Normal', 'Pulled', `Container image "${image}" already present on machine and can be accessed by the pod`)
    return make(env, process)
  }
  if (policy === 'Never') {
    const message = `Container image "${image}" is not present with pull policy of Never`
    tell(process, 'Warning', 'ErrImageNeverPull', message)
    tell(process, 'Warning', 'Failed', 'Error: ErrImageNeverPull')
    return wait(process, now, 'ErrImageNeverPull', message, RETRY)
  }
  if (inBackoff(machine.pulls, backOffKey(env.pod, image), now))
    return backOff(env, process, image)
  tell(process, 'Normal', 'Pulling', `Pulling image "${image}"`)
  process.stage = 'pulling'
  process.since = now
  process.turn = Math.max(now, machine.pulling)
  // what is there when its turn comes is only looked up
  process.due = machine.pulling = process.turn + (!exists(image, machine.spec.images) ? NOT_FOUND : machine.images.has(image) ? LOOK_UP : programOf(image).pull)
  if (exists(image, machine.spec.images) && !machine.images.has(image))
    machine.images.set(image, process.due)
}

function backOff({ machine, now, tell, pod }: Env, process: Process, image: string) {
  const key = backOffKey(pod, image)
  const text = `Back-off pulling image "${image}"`
  tell(process, 'Normal', 'BackOff', text)
  tell(process, 'Warning', 'Failed', 'Error: ImagePullBackOff')
  const until = machine.pulls.entries.get(key)!.updated + backoffDelay(machine.pulls, key)
  wait(process, now, 'ImagePullBackOff', process.reason === 'ErrImagePull' ? `${text}: ErrImagePull: ${process.message}` : process.message ?? text, until - now)
}

/** The pull has come to its end, well or badly. */
export function pulled(env: Env, process: Process, { image = '' }: Container): void {
  const { machine, now, tell, pod } = env
  const { images } = machine.spec
  if (exists(image, images)) {
    tell(process, 'Normal', 'Pulled', `Successfully pulled image "${image}" in ${goDuration(now - process.turn)} (${goDuration(now - process.since)} including waiting). Image size: ${programOf(image).size} bytes.`)
    return make(env, process)
  }
  const name = fullName(image)
  // where the name is unknown, and not the tag alone, a public registry says no more than that
  const [code, why] = images && !images.includes(imageParts(image).name) ? ['Unknown', 'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed'] : ['NotFound', `${name}: not found`]
  const message = `rpc error: code = ${code} desc = failed to pull and unpack image "${name}": failed to resolve reference "${name}": ${why}`
  tell(process, 'Warning', 'Failed', `Failed to pull image "${image}": ${message}`)
  tell(process, 'Warning', 'Failed', 'Error: ErrImagePull')
  nextBackoff(machine.pulls, backOffKey(pod, image), now)
  wait(process, now, 'ErrImagePull', message, SHOWN)
}
