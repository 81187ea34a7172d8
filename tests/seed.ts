// What is drawn at random is drawn from one seed, so that a test that fails fails again. TEST_SEED asks for other draws.
import process from 'node:process'
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env.TEST_SEED ?? 1) })
