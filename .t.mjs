import { chromium } from 'playwright'
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const c = await b.newContext({ hasTouch: true, viewport: { width: 980, height: 552 } })
const page = await c.newPage()
await page.goto(process.argv[2] + '#/15?clicks=0'); await page.waitForTimeout(1500)
await page.evaluate(() => { for (const t of ['pointerdown','pointermove','pointerup','pointercancel','touchstart','click']) document.addEventListener(t, e => console.log(t, e.pointerType, e.target.tagName, e.target.className, Math.round(e.clientX)), true) })
page.on('console', m => console.log(m.text()))
await page.locator('.slidev-page:visible [data-diagram="ship"]').getByRole('button',{name:'More: gangs'}).tap(); console.log('--'); 
const s = await page.locator('.slidev-page:visible [data-diagram="ship"] input[aria-label="Time"]').boundingBox()
console.log(s)
const client = await c.newCDPSession(page)
const at = x => [{ x: s.x + s.width * x, y: s.y + s.height / 2 }]
await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0.9) })
for (const x of [0.8, 0.6, 0.4, 0.3]) await client.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(x) })
await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
await page.waitForTimeout(400); console.log(page.url())
await b.close()
