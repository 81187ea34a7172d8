// The editor of manifests on a slide: by the keyboard alone, at any size, for everyone, in two windows; nothing written is lost.
import type { Locator, Page } from '@playwright/test'
import type { Desk } from './desk.ts'
import { check } from './axe.ts'
import { deckOf, expect, test, themes, troubles } from './deck.ts'
import { first, open, slides } from './desk.ts'
import { slideNo } from './diagram.ts'

/** an exercise that has the file web.yaml */
const withFile = first.own.findIndex(({ files }) => 'web.yaml' in files)

async function at(page: Page, where: '' | 'presenter/' = ''): Promise<Desk> {
  const desk = await open(page, first.alias, where)
  for (let i = 0; i < withFile && await desk.root.getAttribute('data-exercise') !== first.own[withFile]!.id; i++)
    await desk.button('Next exercise').click()
  await expect(desk.root).toHaveAttribute('data-exercise', first.own[withFile]!.id)
  return desk
}
const told = ({ root }: Desk) => root.locator('.told')
const list = ({ root }: Desk) => root.getByRole('listbox')
const help = ({ root }: Desk) => root.locator('.field-help')
const lineWith = ({ root }: Desk, text: string) => root.locator('.cm-line', { hasText: text })
/** Puts the cursor at the end of the first line that holds a text, by keys. */
async function goTo(page: Page, desk: Desk, text: string): Promise<void> {
  const lines = (await desk.written()).split('\n')
  await page.keyboard.press('Control+Home')
  for (let i = lines.findIndex(line => line.includes(text)); i > 0; i--)
    await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
}
/** A list takes no key in the moment in which it opens: it might be meant for the text. */
const settled = (page: Page) => page.waitForTimeout(150)
const inside = (inner: Locator, outer: Locator) => expect(async () => {
  const [a, b] = [await inner.boundingBox(), await outer.boundingBox()]
  expect(a!.x).toBeGreaterThanOrEqual(b!.x - 1)
  expect(a!.y).toBeGreaterThanOrEqual(b!.y - 1)
  expect(a!.x + a!.width).toBeLessThanOrEqual(b!.x + b!.width + 1)
  expect(a!.y + a!.height).toBeLessThanOrEqual(b!.y + b!.height + 1)
}).toPass()

test('by the keyboard alone a file is opened, completed, found wrong, mended, compared and applied, and the cluster holds it', async ({ page }) => {
  const problems = troubles(page, () => 'editor')
  const desk = await at(page)
  const url = page.url()
  await desk.input.focus()
  await page.keyboard.type('edit web.yaml')
  await page.keyboard.press('Enter')
  // the keyboard goes on where it was: in the terminal
  await expect(desk.text).toBeFocused()

  await goTo(page, desk, 'image: web:1')
  await page.keyboard.press('Enter')
  await page.keyboard.type('imagePu')
  await expect(list(desk).getByRole('option')).toHaveCount(1)
  await settled(page)
  await page.keyboard.press('Enter')
  // the values are offered at once
  await expect(list(desk).getByRole('option')).toHaveText([/Always/, /IfNotPresent/, /Never/])
  await settled(page)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(lineWith(desk, 'imagePullPolicy: IfNotPresent')).toHaveCount(1)
  await expect(told(desk)).toContainText('no errors')

  await goTo(page, desk, 'replicas: 3')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('-2')
  await expect(told(desk)).toContainText('Line 6: spec.replicas: Invalid value: -2: must be greater than or equal to 0')
  await expect(desk.root.locator('.cm-lintRange-error')).toHaveText('replicas: -2')
  for (let i = 0; i < 4; i++)
    await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Backspace')
  await expect(told(desk)).toContainText('unknown field "spec.replica')
  await expect(told(desk)).toContainText('Did you mean replicas?')
  await expect(desk.root.locator('.cm-lint-marker')).toHaveCount(1)
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+End')
  await page.keyboard.type('replicas: 2')
  await expect(told(desk)).toContainText('no errors')

  // Escape leads out of the text, where neither a space nor an arrow turns the page, nor does a space from nowhere; Enter goes back
  const editor = desk.root.getByRole('group', { name: /^Editor of web\.yaml/ })
  const where = page.url()
  // pressed twice, as many do, it leads no further
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(editor).toBeFocused()
  for (const key of ['Space', 'Shift+Space', 'ArrowRight', 'ArrowDown'])
    await page.keyboard.press(key)
  await expect(editor).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(desk.text).toBeFocused()
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press('Space')
  await expect(desk.text).toBeFocused()
  expect(page.url()).toBe(where)
  await expect(told(desk)).toContainText('no errors')

  // and Tab goes on from there
  await page.keyboard.press('Escape')
  await expect(desk.text).not.toBeFocused()
  // the first stop is the button that only compares, and the text is as it was
  const seen = () => desk.text.textContent()
  const before = await seen()
  await page.keyboard.press('Tab')
  await expect(desk.button('diff')).toBeFocused()
  expect(await seen()).toBe(before)
  await page.keyboard.press('Enter')
  await expect(desk.log).toContainText('kubectl diff -f web.yaml')
  await expect(desk.log).toContainText('+  replicas: 2')
  await expect(desk.text).toBeVisible()
  // the editor is open again with the focus where it was: the next stop applies
  await expect(desk.button('diff')).toBeFocused()
  const again = await seen()
  await page.keyboard.press('Tab')
  await expect(desk.button('apply')).toBeFocused()
  expect(await seen()).toBe(again)
  await page.keyboard.press('Enter')
  await expect(desk.log).toContainText('deployment.apps/web created')
  await expect(desk.input).toBeFocused()
  await page.keyboard.type('kubectl get deployment web -o jsonpath={.spec.replicas}{.spec.template.spec.containers[0].imagePullPolicy}')
  await page.keyboard.press('Enter')
  await expect(desk.log).toContainText('2IfNotPresent')
  expect(page.url()).toBe(url)
  expect(problems).toEqual([])
})

test('what kubectl refuses stays open with its reason in the terminal, and a cancelled file is as it was', async ({ page }) => {
  const desk = await at(page)
  await desk.type('edit web.yaml')
  const before = await desk.written()
  await desk.write(before.replace('replicas: 3', 'replicas: -1'))
  await desk.button('apply').click()
  await expect(desk.log).toContainText('The Deployment "web" is invalid: spec.replicas: Invalid value: -1')
  await expect.poll(desk.written).toContain('replicas: -1')
  await desk.write(before.replace('replicas: 3', 'replicas: 7'))
  await desk.button('cancel').click()
  await desk.type('cat web.yaml')
  await expect(desk.log).toContainText('replicas: -1')
  await expect(desk.log).not.toContainText('replicas: 7')
})

test('at least eight lines are in sight, whole ones, also beside what kubectl refused', async ({ page }) => {
  const desk = await at(page)
  await desk.type('edit web.yaml')
  const lines = async () => desk.root.locator('.cm-scroller').evaluate(el => (el.clientHeight - 8) / 21)
  expect(await lines()).toBeGreaterThanOrEqual(8)
  expect(await lines() % 1).toBeCloseTo(0, 1)
  await desk.write((await desk.written()).replace('containerPort: 80', 'containerPort: 80x'))
  await desk.button('apply').click()
  await expect(desk.log).toContainText('cannot unmarshal')
  await expect(told(desk)).toContainText('containerPort is a number')
  expect(await lines()).toBeGreaterThanOrEqual(7)
  await expect(desk.root.locator('.cm-lintRange-error')).toBeInViewport()
})

test('Enter goes on in the column where the next thing stands', async ({ page }) => {
  const desk = await at(page)
  await desk.type('edit new.yaml')
  await desk.text.focus()
  for (const line of ['kind: Pod', 'metadata:', 'name: web', '', 'spec:', 'containers:', '- name: web', 'ports:', '- containerPort: 80']) {
    if (!line)
      await page.keyboard.press('Shift+Tab')
    else await page.keyboard.insertText(line)
    if (line)
      await page.keyboard.press('Enter')
  }
  expect(await desk.written()).toBe('kind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    ports:\n    - containerPort: 80\n      ')
})

test('who does not see the editor hears no keys with an error, what is offered with its type, the only error once more, and what became of the file', async ({ page }) => {
  const desk = await at(page)
  await desk.type('edit web.yaml')
  const status = told(desk).getByRole('status')
  const said = desk.root.locator('.terminal-editor > [role=status]')
  await expect(desk.root.locator('.kubectl-terminal > .visually-hidden[role=status]')).toHaveText('web.yaml is open in the editor.')
  await expect(status).toHaveText('no errors')
  await expect(told(desk)).toContainText('F1 explains')
  await goTo(page, desk, 'image: web:1')
  await page.keyboard.press('Enter')
  await page.keyboard.type('imagePu')
  await expect(list(desk).getByRole('option', { name: /^imagePullPolicy ?, string/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await desk.write('kind: Service\nspec:\n  selector: {app: web\n  ports:\n  - port: 80\n')
  await expect(status).toContainText('Line 3: did not find expected')
  await desk.text.focus()
  await page.keyboard.press('F8')
  await expect(said).toContainText('Line 3: did not find expected')
  // the only one, where the cursor is already: it is told again, and not that there is none
  await page.keyboard.press('F8')
  await expect(said).toHaveText(/^Line 3: did not find expected.*\u00A0$/)
  await desk.write('# a note')
  await desk.text.press('Control+End')
  await desk.text.press('Control+Space')
  await expect(said).toHaveText('Nothing to offer here.')
  await desk.write('kind: Pod\nspec: 7\n')
  await desk.text.press('Control+Enter')
  await expect(desk.root.locator('.kubectl-terminal > .visually-hidden[role=status]')).toHaveText(/^web\.yaml is saved, \d errors?\.$/)
})

test('a file can be emptied, and Tab indents and stops indenting', async ({ page }) => {
  const desk = await at(page)
  await desk.type('edit new.yaml')
  await desk.text.focus()
  await page.keyboard.type('kind')
  await expect(list(desk)).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Home')
  await page.keyboard.press('Tab')
  expect(await desk.written()).toBe('  kind')
  await page.keyboard.press('Shift+Tab')
  expect(await desk.written()).toBe('kind')
  await page.keyboard.press('Delete')
  await page.reload()
  await expect.poll(desk.written).toBe('')
})

for (const [width, height] of [[1920, 1080], [960, 540], [980, 552]] as const) {
  test(`at ${width} × ${height} a click lands where it points, hover and key explain the field, and all stays within the slide`, async ({ page }) => {
    await page.setViewportSize({ width, height })
    const desk = await at(page)
    await desk.type('edit web.yaml')
    const slide = page.locator('.slidev-page:visible .slidev-layout')
    const line = lineWith(desk, 'replicas: 3')
    const box = (await line.locator('span').first().boundingBox())!
    // between the fourth and fifth letter of the key
    await page.mouse.click(box.x + box.width * 0.5, box.y + box.height / 2)
    await page.keyboard.type('#')
    await expect(lineWith(desk, 'repl#icas: 3')).toHaveCount(1)
    await page.keyboard.press('Backspace')
    const cursor = (await desk.root.locator('.cm-cursor').first().boundingBox())!
    expect(Math.abs(cursor.x - (box.x + box.width * 0.5))).toBeLessThan(box.width / 8)

    // what was typed is checked a moment later, and what is said of it moves the lines
    await expect(async () => {
      await page.mouse.move(5, 5)
      await expect(help(desk)).toHaveCount(0, { timeout: 6000 })
      const now = (await line.locator('span').first().boundingBox())!
      await page.mouse.move(now.x + now.width * 0.5, now.y + now.height / 2 + 2)
      await page.mouse.move(now.x + now.width * 0.4, now.y + now.height / 2)
      await expect(help(desk)).toContainText('deployment.spec.replicas <integer>', { timeout: 6000 })
    }).toPass()
    await expect(help(desk)).toContainText('Number of desired pods')
    await inside(help(desk), slide)
    await page.mouse.move(5, 5)
    await expect(help(desk)).toHaveCount(0)

    await page.keyboard.press('F1')
    await expect(help(desk)).toContainText('Number of desired pods')
    await inside(help(desk), slide)
    await page.keyboard.press('Escape')
    await expect(help(desk)).toHaveCount(0)
    await expect(desk.text).toBeFocused()

    await goTo(page, desk, 'image: web:1')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+Space')
    await inside(list(desk), slide)
    await inside(desk.root.locator('.cm-completionInfo'), slide)
    const option = list(desk).getByRole('option', { name: /^readinessProbe/ })
    await option.click()
    await expect(lineWith(desk, 'readinessProbe:')).toHaveCount(1)
  })
}

test('axe finds nothing with the list, an explanation and an error open, light and dark', async ({ page }) => {
  const desk = await at(page)
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme })
    await desk.type('edit web.yaml')
    await goTo(page, desk, 'replicas: 3')
    await page.keyboard.press('F1')
    await expect(help(desk)).toBeVisible()
    expect(await check(page, '.exercise-desk'), `${theme}, help`).toEqual([])
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+Space')
    await expect(desk.root.locator('.cm-completionInfo')).toBeVisible()
    expect(await check(page, '.exercise-desk'), `${theme}, list`).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.type('replica: 1')
    await page.keyboard.press('Escape')
    await expect(told(desk)).toContainText('unknown field')
    await lineWith(desk, 'replica: 1').locator('.cm-lintRange-error').hover()
    await expect(desk.root.locator('.cm-tooltip-lint')).toBeVisible()
    expect(await check(page, '.exercise-desk'), `${theme}, error`).toEqual([])
    await page.mouse.move(5, 5)
    await desk.button('cancel').click()
  }
})

test('a reload and another slide keep what was written, and the clicker works with the editor and without', async ({ page }) => {
  const desk = await at(page)
  const url = page.url()
  await desk.type('edit web.yaml')
  await desk.write('kind: Pod\n# half written')
  await page.reload()
  await expect.poll(desk.written).toBe('kind: Pod\n# half written')
  // letters are written, and turn no page
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' d o g f')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowRight')
  expect(page.url()).toBe(url)
  await page.keyboard.press('PageDown')
  await expect(page).not.toHaveURL(url)
  await page.keyboard.press('PageUp')
  await expect.poll(desk.written).toBe('kind: Pod\n# half written d o g f')
})

test('two windows show the same text, and neither loses its place', async ({ page, context }) => {
  const there = await at(page, 'presenter/')
  const audience = await context.newPage()
  const here = await open(audience)
  await expect(here.root).toHaveAttribute('data-exercise', first.own[withFile]!.id)
  await there.type('edit web.yaml')
  await expect(here.text).toBeVisible()
  // who did not open it is not torn away
  expect(await audience.evaluate(() => document.activeElement === document.body)).toBe(true)
  const shown = ({ root }: Desk) => root.locator('.cm-content').textContent()
  await goTo(page, there, 'replicas: 3')
  await page.keyboard.type('0')
  await expect.poll(() => shown(here)).toContain('replicas: 30')
  await goTo(audience, here, 'name: web')
  await audience.keyboard.type('site')
  await expect.poll(() => shown(there)).toContain('name: website')
  await page.keyboard.type('0')
  await expect.poll(() => shown(here)).toContain('replicas: 300')
  expect(await here.written()).toBe(await there.written())
  await here.button('diff').click()
  await expect(there.log).toContainText('kubectl diff -f web.yaml')
  await expect.poll(() => shown(there)).toBe(await shown(here))
})

test('more than a file can have is refused, in words', async ({ page }) => {
  const desk = await at(page)
  await desk.type('edit web.yaml')
  const before = await desk.written()
  await desk.text.evaluate((el) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', 'a: b\n'.repeat(200_000))
    el.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  await expect(told(desk)).toContainText('at most 60,000 letters')
  expect(await desk.written()).toBe(before)
})

test('the editor is loaded when a file is opened, and not before', async ({ page }) => {
  const loaded: Promise<boolean>[] = []
  page.on('response', response => response.url().endsWith('.js') && loaded.push(response.text().then(text => text.includes('cm-tooltip-autocomplete'), () => false)))
  const there = async () => (await Promise.all(loaded)).includes(true)
  await page.goto(`${deckOf('long')}#/${slideNo(first.alias)}`)
  const desk = await at(page)
  await desk.type('kubectl get pods')
  await page.waitForLoadState('networkidle')
  expect(await there()).toBe(false)
  await desk.type('edit web.yaml')
  await desk.text.waitFor()
  expect(await there()).toBe(true)
})

test('what explains a field under the mouse leaves the buttons free, and goes when something is typed', async ({ page }) => {
  const where = slides.find(({ own }) => own.some(({ files }) => 'service.yaml' in files && files['service.yaml']!.includes('wbe')))!
  const desk = await open(page, where.alias)
  await desk.type('edit service.yaml')
  const word = desk.root.locator('.cm-line', { hasText: 'wbe' })
  await word.hover({ position: { x: 90, y: 8 } })
  const help = page.locator('.field-help')
  await expect(help).toBeVisible()
  const [box, buttons] = await Promise.all([help.boundingBox(), desk.root.locator('.terminal-editor .name').boundingBox()])
  expect(box!.y).toBeGreaterThanOrEqual(buttons!.y + buttons!.height - 1)
  await word.dblclick({ position: { x: 90, y: 8 } })
  await page.keyboard.type('x')
  await expect(help).toHaveCount(0)
})
