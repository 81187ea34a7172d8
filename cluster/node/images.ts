// Pulling images, and what is told of it. upstream: pkg/kubelet/images
import type { Container } from 'kubernetes-types/core/v1'
import { backoffDelay, inBackoff, nextBackoff } from '../controllers/backoff.ts'
import type { Process } from './machine.ts'
import { exists, imageParts, programOf } from './programs/program.ts'
import { RETRY, SHOWN, make } from './containers.ts'
import type { Env } from './containers.ts'

/** Looking an image up in the registry that is on the machine already, and finding that it does not exist: ms. */
const LOOK_UP = 150
const NOT_FOUND = 300

/** A duration as Go prints it: 1.5s, 1m20s. @param ms */
export function goDuration(ms: number): string {
  if (ms < 1000)
    return `${ms}ms`
  const minutes = Math.floor(ms / 60_000)
  const seconds = `${(ms - minutes * 60_000) / 1000}s`
  return minutes ? `${minutes >= 60 ? `${Math.floor(minutes / 60)}h` : ''}${minutes % 60}m${seconds}` : seconds
}

/** An image with the registry and the folder that are meant. */
function fullName(image: string): string {
  const parts = image.split('/')
  const registry = parts.length > 1 && /[.:]|^localhost$/.test(parts[0]!)
  const path = registry ? image : `docker.io/${parts.length === 1 ? 'library/' : ''}${image}`
  return imageParts(image).tag === 'latest' && !/:[^/]*$/.test(path) ? `${path}:latest` : path
}

const backOffKey = ({ pod }: Env['pod'], image: string) => `${pod.metadata.uid}_${image}`

/** Begins to get a container's image; goes on to make the container where it is there. upstream: EnsureImageExists */
export function pull(env: Env, process: Process, { image = '', imagePullPolicy }: Container): void {
  const { machine, now, tell } = env
  const policy = imagePullPolicy ?? (imageParts(image).tag === 'latest' ? 'Always' : 'IfNotPresent')
  const present = machine.images.has(image)
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
  process.due = now + (!exists(image) ? NOT_FOUND : present ? LOOK_UP : programOf(image).pull)
}

function wait(process: Process, now: number, reason: string, message: string, ms: number) {
  process.stage = 'waiting'
  process.since = now
  process.due = now + ms
  process.reason = reason
  process.message = message
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
  if (exists(image)) {
    machine.images.add(image)
    const time = goDuration(now - process.since)
    tell(process, 'Normal', 'Pulled', `Successfully pulled image "${image}" in ${time} (${time} including waiting). Image size: ${programOf(image).size} bytes.`)
    return make(env, process)
  }
  const name = fullName(image)
  const message = `rpc error: code = NotFound desc = failed to pull and unpack image "${name}": failed to resolve reference "${name}": ${name}: not found`
  tell(process, 'Warning', 'Failed', `Failed to pull image "${image}": ${message}`)
  tell(process, 'Warning', 'Failed', 'Error: ErrImagePull')
  nextBackoff(machine.pulls, backOffKey(pod, image), now)
  wait(process, now, 'ErrImagePull', message, SHOWN)
}
