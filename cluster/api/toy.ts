// An API server by itself, for tests.
import { bootstrap } from './bootstrap.ts'
import { ApiError } from './errors.ts'
import { createServer } from './server.ts'
import { emptyStore, openStore } from './store.ts'
import { gate } from './strict.ts'

/** A server of its own, whose clock the test moves. */
export function testServer() {
  const store = openStore(emptyStore())
  const clock = { now: 0 }
  let chance = 1
  const api = createServer({ gate, store: () => store, now: () => clock.now, random: () => (chance = chance * 16_807 % 2_147_483_647) / 2_147_483_647 })
  bootstrap(api)
  return { api, store, clock }
}

/** The message with which something is refused. */
export function refusal(go: () => unknown): string {
  try {
    go()
  }
  catch (error) {
    if (error instanceof ApiError)
      return error.message
    throw error
  }
  throw new Error('it is taken')
}
