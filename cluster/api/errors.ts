// Refusals of the API server, in its own words.
import { RESOURCES, qualified } from './objects.ts'
import type { Kind } from './objects.ts'

/** One field that is wrong. upstream: field.Error */
export interface Cause {
  readonly reason: string
  readonly field: string
  readonly message: string
}

/** A refused request; nothing was changed. `message` is the API server's own text. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  /** HTTP status */
  readonly code: number
  /** metav1.StatusReason: NotFound, AlreadyExists, Conflict, Invalid, BadRequest, Forbidden … */
  readonly reason: string
  readonly details: { readonly kind?: string, readonly name?: string, readonly causes?: readonly Cause[], /** why, where the API server does not say it */ readonly refused?: string }

  constructor(code: number, reason: string, message: string, details: ApiError['details'] = {}) {
    super(message)
    this.code = code
    this.reason = reason
    this.details = details
  }
}

const about = (kind: Kind, name: string) => ({ kind: RESOURCES[kind].plural, name })

export const notFound = (kind: Kind, name: string) => new ApiError(404, 'NotFound', `${qualified(kind)} "${name}" not found`, about(kind, name))
export const alreadyExists = (kind: Kind, name: string) => new ApiError(409, 'AlreadyExists', `${qualified(kind)} "${name}" already exists`, about(kind, name))
export const badRequest = (message: string) => new ApiError(400, 'BadRequest', message)

/** upstream: apierrors.NewConflict */
export function conflict(kind: Kind, name: string, why = 'the object has been modified; please apply your changes to the latest version and try again') {
  return new ApiError(409, 'Conflict', `Operation cannot be fulfilled on ${qualified(kind)} "${name}": ${why}`, about(kind, name))
}

/** upstream: apierrors.NewForbidden */
export function forbidden(kind: Kind, name: string, why: string) {
  return new ApiError(403, 'Forbidden', `${qualified(kind)} "${name}" is forbidden: ${why}`, about(kind, name))
}

/** Fields that are wrong, all of them in one message. upstream: apierrors.NewInvalid */
export function invalid(kind: Kind, name: string, causes: readonly Cause[]) {
  const { group } = RESOURCES[kind]
  const texts = [...new Set(causes.map(cause => `${cause.field}: ${cause.message}`))]
  return new ApiError(422, 'Invalid', `${kind}${group ? `.${group}` : ''} "${name}" is invalid: ${texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`}`, { kind, name, causes })
}

/** Whether something thrown is a refusal (for this reason). */
export function refused(thrown: unknown, reason?: string): thrown is ApiError {
  return thrown instanceof ApiError && (reason === undefined || thrown.reason === reason)
}
