// What went wrong, in the words that kubectl finds for it. upstream: kubectl cmd/util/helpers.go checkErr
import { ApiError } from '../api/errors.ts'

/** A command that failed. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly exit: number
  /** whether the message is printed as it is, without `error: ` before it */
  readonly raw: boolean

  constructor(message: string, { exit = 1, raw = false }: { exit?: number, raw?: boolean } = {}) {
    super(message)
    this.exit = exit
    this.raw = raw
  }
}

/** Several failures at once: each is told on a line of its own. */
export class Failures extends Error {
  override readonly name = 'Failures'
  readonly errors: readonly unknown[]

  constructor(errors: readonly unknown[]) {
    super('several failures')
    this.errors = errors
  }
}

/** A command that was called wrongly. upstream: cmdutil.UsageErrorf. @param path the command's words: 'create deployment' */
export const misused = (path: string, message: string) => new Failure(`${message}\nSee 'kubectl ${path} -h' for help and examples`)

/** Flags that cannot be read. upstream: cmd.FlagErrorFunc */
export const badFlags = (path: string, message: string) => new Failure(`${message}\nSee 'kubectl${path && ` ${path}`} --help' for usage.`)

/** Throws what was gathered, if anything. */
export function throwAll(errors: readonly unknown[]): void {
  if (errors.length)
    throw errors.length === 1 ? errors[0] : new Failures(errors)
}

/** Says what was being done to which file when the API server refused. upstream: cmdutil.AddSourceToErr */
export function whileDoing(verb: string, source: string, error: unknown): unknown {
  if (error instanceof ApiError)
    return new ApiError(error.code, error.reason, `error when ${verb} "${source}": ${error.message}`, error.details)
  return error
}

/** Says what failed before why. upstream: fmt.Errorf("…: %v", err) */
export function whatFails<Result>(what: string, work: () => Result): Result {
  try {
    return work()
  }
  catch (error) {
    throw error instanceof Failure ? new Failure(`${what}: ${error.message}`) : error
  }
}

/** The type of an object as Go prints it: `*v1.Service`. */
export const goType = ({ apiVersion, kind }: { apiVersion: string, kind: string }): string => `*${apiVersion.split('/').at(-1)}.${kind}`

function invalidText({ details: { kind, name, causes = [] }, message }: ApiError): string {
  const what = kind || name ? `The ${kind ?? ''} "${name ?? ''}" is invalid` : 'The request is invalid'
  if (!causes.length)
    return kind || name ? what : `${what}: ${message}`
  const lines = [...new Set(causes.map(({ field, message: said }) => `${field}: ${said}`))]
  return lines.length === 1 ? `${what}: ${lines[0]}` : [`${what}: `, ...lines.map(line => `* ${line}`)].join('\n')
}

const standard = (error: ApiError) => `Error from server${error.reason ? ` (${error.reason})` : ''}: ${error.message}`

/** What is printed of an error among several. upstream: messageForError */
const shortText = (error: unknown): string => error instanceof ApiError ? standard(error) : error instanceof Error ? error.message : String(error)

/** What is printed of an error; the line break behind it may be missing. upstream: checkErr, MultipleErrors */
export function errorText(error: unknown): string {
  if (error instanceof Failures)
    return error.errors.map(each => `${shortText(each)}\n`).join('')
  if (error instanceof ApiError)
    return error.reason === 'Invalid' ? invalidText(error) : standard(error)
  const message = error instanceof Error ? error.message : String(error)
  return message.startsWith('error: ') || (error instanceof Failure && error.raw) ? message : `error: ${message}`
}

export const exitOf = (error: unknown): number => error instanceof Failure ? error.exit : 1
