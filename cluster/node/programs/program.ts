// What a container's program does: how it starts, serves, grows and ends.
import { scriptOf } from './script.ts'

/** Times in ms, CPU in ms of one core, memory in bytes. */
export interface Program {
  /** to pull its image to a machine that lacks it, and the image's size in bytes */
  readonly pull: number
  readonly size: number
  /** to make and start the container */
  readonly create: number
  /** from the start of the container until it answers */
  readonly boot: number
  /** CPU and other waiting that a request takes: 1000 / cpu is how many requests a core serves in a second */
  readonly cpu: number
  readonly wait: number
  /** CPU that it uses all the time, thousandths of a core */
  readonly idle: number
  /** at rest, and what it grows by in a second */
  readonly memory: number
  readonly leak: number
  /** the port that it listens on where its container names none; absent: any, since nobody knows; 0: none */
  readonly listens?: number
  /** the paths that it has a page for: it answers others with 404; absent: any */
  readonly paths?: readonly string[]
  /** the Service that it asks for every request, in its own namespace */
  readonly calls?: string
  /** answers every request with an error, from this age on */
  readonly failsAfter: number
  /** ends by itself at this age; Infinity: it serves until it is stopped */
  readonly runs: number
  readonly code: number
  /** from SIGTERM to its end; Infinity: it has to be killed */
  readonly stop: number
  /** the exit code after SIGTERM */
  readonly stopCode: number
}

const MiB = 1024 * 1024

/** What any image runs that nobody knows: a plain server, ready about a second after its Pod is bound (with what the kubelet takes), gone 0.7 s after it is asked to end. */
export const PLAIN: Program = {
  pull: 200, size: 72 * MiB, create: 580, boot: 0, cpu: 5, wait: 10, idle: 1, memory: 20 * MiB, leak: 0, failsAfter: Infinity, runs: Infinity, code: 0, stop: 620, stopCode: 0,
}

const program = (more: Partial<Program>): Program => Object.freeze({ ...PLAIN, ...more })

const WEB: Partial<Program> = { listens: 80, pull: 2500, size: 58 * MiB, create: 300, boot: 1500, cpu: 10, wait: 10, memory: 64 * MiB, stop: 1000 }

/** By name, or by name and tag. */
const PROGRAMS: Readonly<Record<string, Program>> = {
  // a web server in three versions: 1 is good, 2 takes long until it answers, 3 answers everything with an error
  'web': program(WEB),
  'web:2': program({ ...WEB, size: 61 * MiB, boot: 8000, memory: 96 * MiB }),
  'web:3': program({ ...WEB, failsAfter: 0 }),
  // the same by what is the matter with them; any other word is good, and there is no other number
  'web:slow': program({ ...WEB, size: 61 * MiB, boot: 8000, memory: 96 * MiB }),
  'web:crash': program({ ...WEB, runs: 500, code: 1 }),
  // an API that asks a database
  'api': program({ listens: 80, pull: 4000, size: 140 * MiB, create: 300, boot: 3000, cpu: 8, wait: 5, memory: 128 * MiB, calls: 'db', stop: 1500 }),
  'db': program({ pull: 6000, size: 160 * MiB, create: 400, boot: 5000, cpu: 2, wait: 4, idle: 20, memory: 256 * MiB, stop: 4000 }),
  // a job: works on one core for twenty seconds, then it is done
  'batch': program({ pull: 1500, size: 30 * MiB, create: 200, idle: 1000, memory: 48 * MiB, runs: 20_000, stop: Infinity }),
  // answers with errors after half a minute, until it is started anew
  'stuck': program({ ...WEB, failsAfter: 30_000 }),
  // keeps what it should let go of
  'leak': program({ listens: 80, pull: 1500, size: 45 * MiB, create: 300, boot: 1000, memory: 32 * MiB, leak: 4 * MiB }),
  'crash': program({ runs: 100, code: 1 }),
  'slow': program({ listens: 80, create: 5500 }),
  // what its image has in /usr/share/nginx/html
  'nginx': program({ listens: 80, paths: Object.freeze(['/', '/index.html', '/50x.html']) }),
  'httpd': program({ listens: 80 }),
}

/** What an image runs whose own command is a shell, or something else that reads what is typed: where nobody can type it ends at once, and well. */
const PROMPT = program({ size: 5 * MiB, create: 300, cpu: 0, idle: 0, memory: MiB, listens: 0, runs: 50, stop: Infinity })
export const PROMPTS: readonly string[] = ['alpine', 'bash', 'busybox', 'debian', 'node', 'python', 'ubuntu']

/** An image's name without registry and path, and its tag: `shop/web:2` is web, 2. */
export function imageParts(image: string): { name: string, tag: string } {
  const last = image.slice(image.lastIndexOf('/') + 1).split('@')[0]!
  const colon = last.indexOf(':')
  return colon < 0 ? { name: last, tag: 'latest' } : { name: last.slice(0, colon), tag: last.slice(colon + 1) }
}

/** An image with the registry and the folder that are meant, as the runtime names it: `docker.io/library/nginx:latest`. */
export function fullName(image: string): string {
  const slash = image.indexOf('/')
  const first = slash < 0 ? '' : image.slice(0, slash)
  const registry = first === 'localhost' || first.includes('.') || first.includes(':')
  const path = registry ? image : `docker.io/${slash < 0 ? 'library/' : ''}${image}`
  return image.slice(image.lastIndexOf('/') + 1).includes(':') ? path : `${path}:latest`
}

/** The program of an image. */
export function programOf(image: string): Program {
  const { name, tag } = imageParts(image)
  return PROGRAMS[`${name}:${tag}`] ?? PROGRAMS[name] ?? (PROMPTS.includes(name) ? PROMPT : PLAIN)
}

/** Whether a program has a page for what is asked: by its path alone, where doubled slashes are one. */
export const hasPage = ({ paths }: Pick<Program, 'paths'>, asked: string): boolean => !paths || paths.includes(asked.replace(/[?#].*$/s, '').replace(/\/+/g, '/'))

/** Whether an image's own command reads what is typed. */
export const isPrompt = (image: string): boolean => programOf(image) === PROMPT

/** The same where it is held open: by somebody who can type, or by a command of which nothing is known. */
export function heldOpen(image: string): Program {
  const own = programOf(image)
  return isPrompt(image) ? Object.freeze({ ...own, runs: Infinity }) : own
}

/** Tags that cannot be pulled, whatever the image. */
const GONE: readonly string[] = ['nope', 'doesnotexist', '1.99']

/** Numbered versions, of images that have some: there are no others. */
const VERSIONS: Readonly<Record<string, readonly string[]>> = { web: ['1', '2', '3'] }

/** The names of the images whose programs are known. */
export const KNOWN_IMAGES: readonly string[] = [...new Set(Object.keys(PROGRAMS).map(each => imageParts(each).name))]

/** Whether an image can be pulled at all. @param names the images that there are, by their names; any where absent */
export function exists(image: string, names?: readonly string[]): boolean {
  const { name, tag } = imageParts(image)
  return (!names || names.includes(name)) && !GONE.includes(tag) && (!/^v?\d/.test(tag) || !Object.hasOwn(VERSIONS, name) || VERSIONS[name]!.includes(tag))
}

/** What simple commands do instead of an image's own program: `sleep 5`, `exit 1`, `echo hi`, `tail -f /dev/null`, a loop for ever; undefined where nothing is known of a command. */
export function commandOf(words: readonly string[]): Pick<Program, 'runs' | 'code' | 'stop'> | undefined {
  const { runs, code, unknown } = scriptOf(words)
  // what is the first process and has no handler does not hear SIGTERM
  return unknown === undefined ? { runs: Math.max(50, runs), code, stop: Infinity } : undefined
}
