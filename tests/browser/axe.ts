// Runs axe in the page on one part of it, and on nothing else: the slides that are not shown are taken out meanwhile.
import type { Page } from '@playwright/test'
import axe from 'axe-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

export interface Finding {
  rule: string
  help: string
  target: string
}

/**
 * What axe finds wrong inside `selector`.
 * @param options.only these rules, instead of all of WCAG 2.2 A and AA and best practice
 * @param options.except parts that are left out
 */
export async function check(page: Page, selector: string, options: { only?: readonly string[], except?: readonly string[] } = {}): Promise<Finding[]> {
  if (!await page.evaluate(() => 'axe' in window))
    await page.evaluate(axe.source)
  return page.evaluate(async ({ selector, only, except, tags }) => {
    const away = [...document.querySelectorAll<HTMLElement>('#slideshow > [data-slidev-no]')].filter(el => el.style.display === 'none').map((el) => {
      const mark = document.createComment('')
      el.replaceWith(mark)
      return () => mark.replaceWith(el)
    })
    try {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run({ include: [selector], exclude: [...except] }, {
        runOnly: only ? { type: 'rule', values: [...only] } : { type: 'tag', values: [...tags] },
        resultTypes: ['violations'],
      })
      return violations.flatMap(v => v.nodes.map(node => ({ rule: v.id, help: v.help, target: node.target.join(' ') })))
    }
    finally {
      for (const back of away)
        back()
    }
  }, { selector, only: options.only, except: options.except ?? [], tags })
}
