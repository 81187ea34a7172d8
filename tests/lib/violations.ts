// One message for each thing that is wrong, instead of one for the first.

/** Fails with a line for each violation; passes where there is none. */
export function none(violations: readonly string[]): void {
  if (violations.length) {
    const error = new Error(`${violations.length} ${violations.length === 1 ? 'violation' : 'violations'}\n${[...new Set(violations)].map(v => `  • ${v}`).join('\n')}`)
    error.stack = undefined
    throw error
  }
}
