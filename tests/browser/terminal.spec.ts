// kubectl on a slide: the exercises are solved by typing, by the keyboard alone; the clicker goes on working; nothing typed is lost; windows agree.
import type { Page } from '@playwright/test'
import type { Desk } from './desk.ts'
import { check } from './axe.ts'
import { deckOf, expect, long, test, troubles } from './deck.ts'
import { first, open, slides } from './desk.ts'
import { slideNo } from './diagram.ts'
import { word } from '../../data/glossary.ts'

/** what those who do not see it are told, outside of what is printed */
/** what is told of the exercises */
const told = (page: Page) => page.locator('.slidev-page:visible .kubectl-stage > [role=status]')
const heard = ({ root }: Desk) => root.locator('.kubectl-terminal > .visually-hidden[role=status]')

for (const { alias, own } of slides) {
  for (const [i, exercise] of own.entries()) {
    test(`the exercise ${exercise.id} is unsolved after a wrong line, and solved by its worked answer`, async ({ page }) => {
      const problems = troubles(page, () => exercise.id)
      const desk = await open(page, alias)
      for (let n = 0; n < i; n++)
        await desk.button('Next exercise').click()
      await expect(desk.root).toHaveAttribute('data-exercise', exercise.id)
      await desk.type('kubectl get pods --show-labels')
      await desk.type('kubectl delete pod no-such-pod')
      await desk.wait(10_000)
      await expect(desk.root).toHaveAttribute('data-solved', 'false')
      await expect(desk.root.locator('.check')).toHaveText('not yet')

      await desk.button('Start over').click()
      await desk.button('answer').click()
      for (const [n, step] of exercise.answer.entries()) {
        for (const [name, text] of Object.entries(step.files ?? {})) {
          await desk.type(`edit ${name}`)
          await desk.write(text)
          await desk.text.press('Control+Enter')
          await expect(desk.input).toBeVisible()
        }
        await desk.type(await desk.root.locator('.step').nth(n).locator('code').textContent() ?? '')
        await desk.wait(step.wait)
        await expect(desk.root.locator('.entry').last()).toHaveAttribute('data-exit', String(step.exit ?? 0))
      }
      await expect(desk.root).toHaveAttribute('data-solved', 'true')
      await expect(desk.root.locator('.check')).toHaveText('done')
      expect(problems).toEqual([])
    })
  }
}

test('tells the words that an exercise needs, of each as much as the glossary, and nothing is cut off', async ({ page }) => {
  for (const { alias, own } of slides) {
    const desk = await open(page, alias)
    for (const [i, { words, id }] of own.entries()) {
      if (i)
        await desk.button('Next exercise').click()
      await expect(desk.root).toHaveAttribute('data-exercise', id)
      await desk.button('words').click()
      await expect(desk.root.locator('.exercise-panel dt')).toHaveText(words.map(each => word(each).term))
      await expect(desk.root.locator('.exercise-panel dd')).toHaveText(words.map(each => word(each).meaning))
      const tabs = await desk.root.locator('.exercise-panel .tabs').evaluate(el => [...el.children].map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))
      expect(Math.max(...tabs)).toBeLessThanOrEqual(0)
    }
  }
})

test('all is done by the keyboard alone: typed, completed, recalled, stopped, left', async ({ page }) => {
  const desk = await open(page)
  const url = page.url()
  for (let i = 0; i < 40 && !await desk.input.evaluate(el => el === document.activeElement); i++)
    await page.keyboard.press('Tab')
  await expect(desk.input).toBeFocused()
  await page.keyboard.type('kubec')
  await page.keyboard.press('Tab')
  await expect(desk.input).toHaveValue('kubectl ')
  await page.keyboard.type('get no')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(desk.log).toContainText('node-3')
  await page.keyboard.press('ArrowUp')
  await expect(desk.input).toHaveValue(/^kubectl get no/)
  await page.keyboard.press('ArrowDown')
  await expect(desk.input).toHaveValue('')
  // as in a shell: to the beginning, away with the rest, and back
  await page.keyboard.type('get pods -wide')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('kubectl ')
  await page.keyboard.press('Control+e')
  for (let i = 0; i < 3; i++)
    await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Control+k')
  await expect(desk.input).toHaveValue('kubectl get pods -w')
  await page.keyboard.press('Control+u')
  await expect(desk.input).toHaveValue('')
  await page.keyboard.type('kubectl get pods -w')
  await page.keyboard.press('Enter')
  await expect(desk.button(/^stop/)).toBeVisible()
  await page.keyboard.press('Control+c')
  await expect(desk.log).toContainText('^C')
  await expect(desk.root.locator('.printed > [role=status]')).toContainText('kubectl get pods -w was stopped.')
  await page.keyboard.press('Control+l')
  await expect(desk.root.locator('.typed')).toHaveCount(0)
  // with nothing typed Tab goes on, as everywhere
  await page.keyboard.press('Tab')
  await expect(desk.input).not.toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await expect(desk.input).toBeFocused()
  await page.keyboard.type(' 1 d r')
  expect(page.url()).toBe(url)
  await page.keyboard.press('Escape')
  await expect(desk.input).not.toBeFocused()
})

test('an editor opens in place, saves what was written, and is cancelled as kubectl says it', async ({ page }) => {
  const desk = await open(page)
  await desk.type('kubectl create deployment shop --image=web:1')
  await desk.type('kubectl edit deployment shop')
  await desk.write((await desk.written()).replace('replicas: 1', 'replicas: 2'))
  await page.reload()
  await expect.poll(desk.written).toContain('replicas: 2')
  await desk.button('save').click()
  await expect(desk.log).toContainText('deployment.apps/shop edited')
  await desk.type('kubectl edit deployment shop')
  await desk.button('cancel').click()
  await expect(desk.log).toContainText('Edit cancelled, no changes made.')
})

test('the terminal never takes the focus by itself, and the clicker turns pages whether it has it or not', async ({ page }) => {
  const desk = await open(page)
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true)
  const [here, next] = [slideNo(first.alias) - 1, slideNo(first.alias)].map(i => new RegExp(`#/${long.slides[i]!.alias}(?:\\?|$)`))
  await page.keyboard.press('PageDown')
  await expect(page).toHaveURL(next!)
  await page.keyboard.press('PageUp')
  await expect(page).toHaveURL(here!)
  await desk.input.click()
  await page.keyboard.type('kubectl get')
  await page.keyboard.press('PageDown')
  await expect(page).toHaveURL(next!)
  await page.keyboard.press('PageUp')
  await expect(desk.input).toHaveValue('kubectl get')
})

for (const where of ['', 'presenter/'] as const) {
  test(`a letter that is typed goes to the command line, the first one too, and space and page keys stay the clicker's${where && ', in the presenter\'s window'}`, async ({ page }) => {
    const desk = await open(page, first.alias, where)
    const here = new RegExp(`#/${where}(?:${slideNo(first.alias)}|${first.alias})(?:\\?|$)`)
    await page.keyboard.type('kubectl get pods')
    await expect(desk.input).toBeFocused()
    await expect(desk.input).toHaveValue('kubectl get pods')
    await page.keyboard.press('Enter')
    await expect(desk.log).toContainText('lookout')
    await expect(page).toHaveURL(here)
    await page.keyboard.press('PageDown')
    await expect(page).not.toHaveURL(here)
    await page.keyboard.press('PageUp')
    await expect(page).toHaveURL(here)
    await expect(desk.root).toBeVisible()
    await expect(desk.input).not.toBeFocused()
    await page.keyboard.type('|d"G1')
    await expect(desk.input).toHaveValue('|d"G1')
    await page.keyboard.press('Escape')
    // who has left the line has the deck's own letters again, and is told so
    await expect(page.locator('.slidev-page:visible .kubectl-stage > [role="status"]')).toHaveText(/Letters steer the deck now/)
    await page.keyboard.press('d')
    await page.keyboard.press('d')
    await page.keyboard.press('Control+d')
    await expect(desk.input).not.toBeFocused()
    await expect(desk.input).toHaveValue('|d"G1')
    await page.keyboard.press('Space')
    await expect(page).not.toHaveURL(here)
  })
}

test('who has just come leaves the line by Escape as well: the next letters are the deck’s', async ({ page }) => {
  const desk = await open(page)
  await page.keyboard.press('Escape')
  await expect(told(page)).toContainText('Letters steer the deck now')
  await page.keyboard.press('g')
  await expect(page.locator('#slidev-goto-dialog input')).toBeFocused()
  await page.keyboard.press('Escape')
  // and from a button beside it
  await page.reload()
  await desk.button('answer').click()
  await desk.button('answer').focus()
  await page.keyboard.press('Escape')
  await page.keyboard.press('d')
  await page.keyboard.press('d')
  await expect(desk.input).toHaveValue('')
  await expect(desk.input).not.toBeFocused()
})

test('who turns the notes after Escape has the terminal’s letters again, and it says whose they are', async ({ page }) => {
  const desk = await open(page, first.alias, 'presenter/')
  await page.keyboard.type('kubectl')
  await page.keyboard.press('Escape')
  await desk.input.fill('')
  await desk.root.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press('Escape')
  await expect(desk.input).toHaveAttribute('placeholder', /Letters steer the deck/)
  await page.keyboard.press('n')
  await expect(desk.input).not.toHaveAttribute('placeholder')
  await page.keyboard.type('kubectl get pods')
  await expect(desk.input).toHaveValue('kubectl get pods')
})

test('a command that is typed after Escape goes to the line: its first letter is none of the deck’s', async ({ page }) => {
  const desk = await open(page)
  const url = page.url()
  await page.keyboard.press('Escape')
  await page.keyboard.type('kubectl get nodes')
  await expect(desk.input).toHaveValue('kubectl get nodes')
  expect(page.url()).toBe(url)
})

test('a line that was written by a press goes on as if it had been typed: a blank is a part of it, and Enter runs it', async ({ page }) => {
  const desk = await open(page)
  const url = page.url()
  await desk.root.getByRole('button', { name: /^Pod lookout,/ }).click()
  await expect(desk.input).toHaveValue('kubectl describe pod lookout')
  await expect(desk.input).not.toBeFocused()
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expect(desk.log).toContainText('Node:             node-1')
  expect(page.url()).toBe(url)
})

test('the numbers lead to each exercise of a slide, and from the next slide the way back leads to the last', async ({ page }) => {
  const [, second] = slides
  const desk = await open(page, second!.alias)
  const no = (i: number) => first.own.length + i + 1
  for (const [i, { id }] of [...second!.own.entries()].reverse()) {
    await desk.button(`Exercise ${no(i)}`).click()
    await expect(desk.root).toHaveAttribute('data-exercise', id)
    await expect(desk.button(`Exercise ${no(i)}`)).toHaveAttribute('aria-pressed', 'true')
  }
  await desk.button('Exercise before this').focus()
  await page.keyboard.press('Enter')
  await expect(desk.root).toHaveAttribute('data-exercise', first.own.at(-1)!.id)
  await expect(desk.button('Exercise before this')).toBeFocused()
})

test('a letter goes into the text of a file that is open', async ({ page }) => {
  const desk = await open(page)
  await desk.type('edit notes.txt')
  await expect(desk.text).toBeVisible()
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.type('good')
  await expect(desk.text).toBeFocused()
  expect(await desk.written()).toBe('good')
  await desk.button('cancel').click()
})

test('the keyboard keeps its place on the way through the exercises and the hints, and no page is turned', async ({ page }) => {
  const desk = await open(page)
  const url = page.url()
  const holds = () => desk.root.evaluate(el => el.contains(document.activeElement))
  await desk.button(/^hint 1/).focus()
  for (let i = 0; i < first.own[0]!.hints.length; i++)
    await page.keyboard.press('Enter')
  await expect(desk.root.locator('.hint')).toHaveCount(first.own[0]!.hints.length)
  await expect.poll(holds).toBe(true)
  // who presses once more does not open the answer
  await page.keyboard.press('Enter')
  await expect(desk.button('hints')).toHaveAttribute('aria-pressed', 'true')
  await desk.button('Next exercise').focus()
  for (const { id } of first.own.slice(1)) {
    await page.keyboard.press('Enter')
    await expect(desk.root).toHaveAttribute('data-exercise', id)
    await expect.poll(holds).toBe(true)
  }
  expect(page.url()).toBe(url)
  // behind the last one the next slide goes on, and the keyboard with it; what it asks is told there
  const [, second] = slides
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`#/(?:${second!.alias}|${slideNo(second!.alias)})(?:\\?|$)`))
  await expect(desk.root).toHaveAttribute('data-exercise', second!.own[0]!.id)
  await expect(desk.button('Next exercise')).toBeFocused()
  await expect(told(page)).toContainText(second!.own[0]!.goal)
  // and the one before leads back
  await desk.button('Exercise before this').click()
  await expect(desk.root).toHaveAttribute('data-exercise', first.own.at(-1)!.id)
})

test('who does not see the exercises hears which is shown and what it asks, its hints, and that it is done', async ({ page }) => {
  const desk = await open(page)
  const [one, two] = first.own as [typeof first.own[number], typeof first.own[number]]
  const heard = told(page)
  await expect(heard).toHaveText('')
  const hints = desk.root.getByRole('status', { name: 'Hints' })
  await expect(hints).toBeAttached()
  // one more hint is heard, and not all of them again
  await expect(hints).toHaveAttribute('aria-atomic', 'false')
  await desk.button(/^hint 1/).click()
  await expect(hints).not.toHaveText('')
  await desk.button('answer').click()
  for (const [n, step] of one.answer.entries()) {
    await desk.type(await desk.root.locator('.step code').nth(n).textContent() ?? '')
    await desk.wait(step.wait)
  }
  // whoever presses on takes no words away that were not heard yet
  await desk.button(/^\+10 s/).click()
  await expect(heard.locator('p').last()).toHaveText(/\d:\d\d, at rest\.$/)
  await expect(heard).toContainText(`Exercise 1 done. Now look: ${one.look.question}`)
  await desk.button('Next exercise').click()
  await expect(heard).toContainText(`Exercise 2: ${two.title}. ${two.goal}`)
  await expect(heard).toContainText('Not yet.')
})

test('Tab tells what it completed, what is possible, and that there is nothing', async ({ page }) => {
  const desk = await open(page)
  await expect(heard(desk)).toHaveText('')
  await desk.input.fill('kubectl get ')
  await desk.input.press('Tab')
  await expect(heard(desk)).toHaveText(/^\d+ possible: \w+, /)
  await desk.input.fill('kubec')
  await desk.input.press('Tab')
  await expect(heard(desk)).toHaveText('Completed: kubectl')
  await desk.input.fill('kubectl zzz')
  await desk.input.press('Tab')
  await expect(heard(desk)).toHaveText('Nothing to complete. Escape leaves the line.')
})

test('a command that is pasted over several lines is one, at the cursor', async ({ page }) => {
  const desk = await open(page)
  await desk.input.fill('kubectl pods')
  await desk.input.evaluate((el) => {
    (el as HTMLInputElement).setSelectionRange(8, 8)
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', 'get \\\n    --show-labels\n')
    el.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  await expect(desk.input).toHaveValue('kubectl get --show-labelspods')
})

test('the cluster stays in sight where a description or the answer is read, and of what is printed whole lines are seen', async ({ page }) => {
  const desk = await open(page)
  await desk.type('kubectl describe pod lookout')
  const pods = desk.root.locator('.desk-cluster .pod')
  await expect(pods.first()).toBeVisible()
  // a message stands below its line, further in
  const message = desk.root.locator('.message').last()
  const [line, words] = await message.evaluate(el => [el.parentElement!.getBoundingClientRect(), el.getBoundingClientRect()].map(({ top }) => top))
  expect(words).toBeGreaterThan(line!)
  const [height, top] = await desk.log.evaluate(el => [el.clientHeight - Number.parseFloat(getComputedStyle(el).paddingBottom), el.scrollTop].map(px => px % 21))
  expect(Math.min(height!, 21 - height!)).toBeLessThan(1)
  expect(Math.min(top!, 21 - top!)).toBeLessThan(1)
  await desk.button('answer').click()
  await expect(pods.first()).toBeVisible()
})

test('a table that is too wide has the whole width until the next line, and NODE is in sight', async ({ page }) => {
  const desk = await open(page)
  const cluster = desk.root.locator('.desk-cluster')
  // it stands there before it is filled
  const notes = desk.root.locator('.kubectl-terminal > [role=status].notes')
  await expect(notes).toBeAttached()
  await expect(notes).toHaveText('')
  const help = desk.root.locator('.exercise-panel')
  // the cluster goes below it, and the help makes room
  const isBelow = () => cluster.evaluate(el => el.getBoundingClientRect().top > el.closest('.exercise-desk')!.querySelector('.kubectl-terminal')!.getBoundingClientRect().bottom)
  await desk.type('kubectl get pods -o wide')
  await expect(help).toBeHidden()
  await expect.poll(isBelow).toBe(true)
  await expect(notes).toContainText('it has the whole width until the next line')
  // where the column ends, against where the terminal ends: in letters of the heading
  const [width, columns] = await desk.root.locator('pre.table').evaluate(el => [el.closest('.log')!.clientWidth / (el.scrollWidth / el.textContent!.split('\n')[0]!.length), el.textContent!.indexOf('NODE') + 'node-1'.length])
  expect(width).toBeGreaterThan(columns!)
  await desk.button('Show the hints again, beside the terminal').click()
  await expect(help).toBeVisible()
  await expect(heard(desk)).toContainText('The help is beside the terminal again.')
  await desk.type('kubectl get pods -o wide')
  await expect(help).toBeHidden()
  await desk.type('kubectl get pods')
  await expect(help).toBeVisible()
  await expect.poll(isBelow).toBe(false)
  // how room is made is said once
  await expect(heard(desk)).toHaveText(/^The terminal has the whole width/)
  // what somebody wants stays
  await desk.button('Let the terminal take the whole width').click()
  await desk.type('kubectl get nodes')
  await expect(help).toBeHidden()
})

test('however many Pods there are, they stay within their picture, and those that do not fit are counted', async ({ page }) => {
  const desk = await open(page)
  await desk.type('kubectl create deployment shop --image=web:1 --replicas=60')
  await desk.wait(30_000)
  const ships = desk.root.locator('.cluster-ships')
  await expect(ships.getByRole('img', { name: /more on node-1$/ })).toBeVisible()
  const [out, told] = await ships.evaluate((el) => {
    const box = el.getBoundingClientRect()
    const out = [...el.querySelectorAll('.pod, .more')].filter((each) => {
      const { left, top, right, bottom } = each.getBoundingClientRect()
      return left < box.left - 1 || top < box.top - 1 || right > box.right + 1 || bottom > box.bottom + 1
    }).length
    return [out, el.querySelectorAll('.pod').length + [...el.querySelectorAll('.more')].reduce((sum, { textContent }) => sum + Number(textContent), 0)]
  })
  expect(out).toBe(0)
  expect(told).toBe(64)
})

test('what is missing is said beside the mark, whatever is open', async ({ page }) => {
  const desk = await open(page)
  // what the room does now gives way to it
  const now = desk.root.getByText(/In pairs, \d\sminutes/)
  await expect(now).toBeVisible()
  await desk.type('kubectl label node node-1 node-2 node-3 found=here')
  await expect(now).toHaveCount(0)
  await desk.button('answer').click()
  await expect(desk.root.locator('.missing')).toBeVisible()
  await expect(desk.root.locator('.missing')).toContainText('More than one node')
  // heard once, when the cluster is at rest
  await desk.button('Fast forward until the cluster is at rest').click()
  await expect(told(page)).toContainText(/Not yet: More than one node/)
  const last = told(page).locator('p').last()
  const before = (await last.textContent())!.trim()
  await desk.button(/^\+10 s/).click()
  // what is told together is one paragraph: the next is pressed when this one stands there
  await expect(last).not.toHaveText(before)
  await expect(last).toHaveText(/^\d:\d\d, at rest\.$/)
  await desk.button('Stop the time').click()
  await expect(last).toHaveText(/^\d:\d\d, stopped\.$/)
})

test('explain tells what the API says of its fields', async ({ page }) => {
  const desk = await open(page)
  await desk.type('kubectl explain deployment.spec.replicas')
  await expect(desk.log).toContainText('Number of desired pods')
})

test('a Pod that is pressed is asked for, and not before Enter; while a file is edited it says why not', async ({ page }) => {
  const desk = await open(page)
  const pod = desk.button(/^Pod .*: write kubectl describe$/).first()
  await desk.type('edit notes.txt')
  await pod.click()
  await expect(desk.root.locator('.said.refused')).toContainText('First save notes.txt, or cancel it')
  await desk.button('cancel').click()
  await expect(heard(desk)).toContainText('notes.txt is left unchanged')
  await pod.click()
  await expect(desk.input).toHaveValue(/^kubectl describe pod \S+$/)
  await expect(desk.root.locator('.typed')).toHaveCount(1)
  await expect(heard(desk)).toContainText('Written into the command line: Enter runs it.')
  await desk.button('node-2: write kubectl describe').focus()
  await page.keyboard.press('Enter')
  await expect(desk.input).toBeFocused()
  await expect(desk.input).toHaveValue('kubectl describe node node-2')
  await pod.click()
  await desk.button('run').click()
  await expect(desk.log).toContainText('Events:')
})

test('a reload keeps what was typed, printed and begun, and a slide that is left stands still', async ({ page }) => {
  const desk = await open(page)
  await desk.type('kubectl create deployment shop --image=web:1 --replicas=2')
  await desk.type('kubectl get pods -w')
  await desk.input.fill('kubectl sca')
  await desk.wait(10_000)
  const t = await desk.time()
  await page.keyboard.press('PageDown')
  // longer than a busy machine takes to leave and to come back
  await page.waitForTimeout(6000)
  await page.keyboard.press('PageUp')
  await expect(desk.root).toBeVisible()
  expect(await desk.time() - t).toBeLessThan(5000)
  await desk.button(/^stop/).click()
  await desk.button('Fast forward until the cluster is at rest').click()
  const before = await desk.log.textContent()
  await page.reload()
  await desk.root.waitFor()
  expect(await desk.log.textContent()).toBe(before)
  await expect(desk.input).toHaveValue('kubectl sca')
})

test('an address carries what was typed, and the exercise it was typed into', async ({ page, browser }) => {
  const desk = await open(page)
  await desk.button('Next exercise').click()
  await desk.type('kubectl create deployment shop --image=web:1')
  await desk.button('Fast forward until the cluster is at rest').click()
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text: string) => { document.body.dataset.copied = text } } }))
  await desk.button('Copy the address of this').click()
  const address = await page.evaluate(() => document.body.dataset.copied!)
  const other = await (await browser.newContext({ viewport: { width: 980, height: 552 } })).newPage()
  await other.goto(address)
  const there = other.locator('.slidev-page:visible .exercise-desk')
  await expect(there).toHaveAttribute('data-exercise', first.own[1]!.id)
  await expect(there.getByRole('log')).toContainText('deployment.apps/shop created')
  await expect(there).toHaveAttribute('data-t', String(await desk.time()))
  await other.context().close()
})

test('what is kept of the progress is shown, and bad content counts for nothing', async ({ page }) => {
  const desk = await open(page)
  await page.evaluate(id => localStorage.setItem('helmsman exercises', JSON.stringify({ version: 1, solved: [id] })), first.own[0]!.id)
  await page.reload()
  await expect(desk.root.locator('.check')).toHaveText('done before')
  await page.evaluate(() => localStorage.setItem('helmsman exercises', '{"version":1,"solved":7'))
  await page.reload()
  await expect(desk.root.locator('.check')).toHaveText('not yet')
})

test('axe finds nothing, with output, a hint, an editor and an open answer', async ({ page }) => {
  const desk = await open(page)
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    await desk.type('kubectl gett pods')
    await desk.type('kubectl get pods -o wide')
    await desk.button('Show the hints again, beside the terminal').click()
    await desk.button('answer').click()
    expect(await check(page, '.exercise-desk')).toEqual([])
    await desk.type('edit notes.txt')
    expect(await check(page, '.exercise-desk')).toEqual([])
    await desk.button('cancel').click()
  }
})

test('two windows show the same: what is typed, what is printed, and when', async ({ page, context }) => {
  const there = await open(page, first.alias, 'presenter/')
  const audience = await context.newPage()
  const here = await open(audience)
  await there.input.fill('kubectl create deployment shop --image=web:1 --replicas=3')
  await expect(here.input).toHaveValue('kubectl create deployment shop --image=web:1 --replicas=3')
  await there.input.press('Enter')
  await expect(here.log).toContainText('deployment.apps/shop created')
  await here.type('kubectl rollout status deployment shop')
  await here.button('Fast forward until the cluster is at rest').click()
  await expect(there.log).toContainText('successfully rolled out')
  const shows = ({ root }: Desk) => root.evaluate(el => [el.dataset.t, el.dataset.done, el.querySelector('.log')!.textContent, el.querySelector('.desk-cluster')!.textContent])
  await expect(async () => expect(await shows(there)).toEqual(await shows(here))).toPass({ timeout: 20_000 })
  // what one scrolls to is seen in the other
  await there.type('kubectl get deployment shop -o yaml')
  const top = (desk: Desk) => desk.log.evaluate(el => Math.round(el.scrollTop))
  await expect.poll(() => top(here)).toBeGreaterThan(300)
  await there.log.hover()
  await page.mouse.wheel(0, -150)
  await expect(async () => expect(await top(there)).toBeLessThan(await there.log.evaluate(el => el.scrollHeight - el.clientHeight - 100))).toPass()
  await expect(async () => expect(Math.abs(await top(here) - await top(there))).toBeLessThan(2)).toPass()
  // the width is one for all, too, and a table begins at its left edge
  await there.button('Let the terminal take the whole width').click()
  await expect(here.root).toHaveClass(/wide/)
  await here.button('Show the hints again, beside the terminal').click()
  await expect(there.root).not.toHaveClass(/wide/)
  if (first.own.length > 1) {
    await there.button('Next exercise').click()
    await expect(here.root).toHaveAttribute('data-exercise', first.own[1]!.id)
  }
  // and a file that is open is scrolled in both
  await there.type('edit web.yaml')
  await here.text.waitFor()
  const topOf = (desk: Desk) => desk.root.locator('.cm-scroller').evaluate(el => Math.round(el.scrollTop))
  // the scroller, not its text: that would be brought into view, which no hand does
  await there.root.locator('.cm-scroller').hover()
  await page.mouse.wheel(0, 60)
  await expect.poll(() => topOf(there)).toBeGreaterThan(20)
  await expect(async () => expect(Math.abs(await topOf(here) - await topOf(there))).toBeLessThan(2)).toPass()
})

test('the presenter sees by name which exercises come on the next slide', async ({ page }) => {
  await page.goto(`${deckOf('long')}#/presenter/${slideNo(first.alias) - 1}`)
  const names = page.locator('.exercise-names').filter({ hasText: first.own[0]!.title })
  for (const { title } of first.own)
    await expect(names.first()).toContainText(title)
})

test('the terminal is loaded where it is shown, and nowhere else', async ({ page }) => {
  // kubectl's own words tell its code, in whatever file it is
  const words = 'doesn\'t have a resource type'
  const loaded: Promise<boolean>[] = []
  page.on('response', response => response.url().endsWith('.js') && loaded.push(response.text().then(text => text.includes(words), () => false)))
  const there = async () => (await Promise.all(loaded)).includes(true)
  await page.goto(`${deckOf('long')}#/${slideNo(first.alias) - 1}`)
  await page.locator('.slidev-page:visible h1').waitFor()
  await page.waitForLoadState('networkidle')
  expect(await there()).toBe(false)
  const desk = page.locator('.slidev-page:visible .exercise-desk')
  for (let i = 0; i < 12 && !await page.locator('.slidev-page:visible .kubectl-slide').count(); i++)
    await page.keyboard.press('PageDown')
  await desk.waitFor()
  expect(await there()).toBe(true)
})
