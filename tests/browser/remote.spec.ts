// The dev server: browsers that know nothing of each other but the server show the same run; who only watches changes nothing.
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import process from 'node:process'
import type { Met } from './diagram.ts'
import { at } from '../../scripts/lib/paths.ts'
import { expect, test } from './deck.ts'
import { slideNo } from './diagram.ts'

let server: ChildProcess
let port = 0

/** A port of loopback that nobody uses. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

test.beforeAll(async () => {
  test.setTimeout(240_000)
  port = await freePort()
  server = spawn(process.execPath, [at('node_modules/@slidev/cli/bin/slidev.mjs'), 'slides.md', '--port', String(port), '--remote', '--bind', '127.0.0.1', '--log', 'error'], { cwd: at('.'), stdio: 'ignore' })
  await expect.poll(() => fetch(`http://127.0.0.1:${port}/`).then(r => r.status, () => 0), { timeout: 120_000 }).toBe(200)
})

test.afterAll(() => server.kill())

test('another browser follows, a late one is told, and one that only watches changes nothing', async ({ browser }) => {
  test.setTimeout(240_000)
  const machine = slideNo('machine')
  /** a browser of its own: no channel leads to it but the server */
  async function open(host: string, where: '' | 'presenter/'): Promise<Met> {
    const page = await (await browser.newContext({ viewport: { width: 980, height: 552 }, reducedMotion: 'reduce' })).newPage()
    await page.goto(`http://${host}:${port}/#/${where}${machine}`, { timeout: 120_000 })
    const root = where ? page.locator('[data-diagram="machine-bare"]').first() : page.locator('.slidev-page:visible [data-diagram="machine-bare"]')
    await root.waitFor({ timeout: 120_000 })
    return { root, button: name => root.getByRole('button', { name, exact: true }) } as Met
  }
  const shows = ({ root }: Met) => root.evaluate(el => [(el as HTMLElement).dataset.t, (el as HTMLElement).dataset.done])
  const presenter = await open('127.0.0.1', 'presenter/')
  // loopback under a name that is none of its own: to the deck, another machine
  const viewer = await open('viewer.localhost', '')
  await presenter.button('Crash the shop').click()
  await expect(viewer.root).toHaveAttribute('data-done', '1')
  await expect.poll(() => shows(viewer)).toEqual(await shows(presenter))
  const late = await open('viewer.localhost', '')
  await expect.poll(() => shows(late)).toEqual(await shows(presenter))
  await viewer.button('Crash the database').click()
  await expect(viewer.root.locator('.said')).toContainText('You are watching')
  await viewer.button('start over').click()
  await viewer.root.page().waitForTimeout(500)
  expect((await shows(presenter))[1]).toBe('1')
  expect(await shows(viewer)).toEqual(await shows(presenter))
  await presenter.button('Crash the database').click()
  await expect(viewer.root).toHaveAttribute('data-done', '2')
})
