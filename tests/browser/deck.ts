// What the browser tests share: the site's address, and a page that takes down everything that goes wrong on it.
import type { Page } from '@playwright/test'
import process from 'node:process'
import { test as base } from '@playwright/test'
import { loadLecture } from '../../scripts/lib/deck.ts'

export const themes = ['light', 'dark'] as const

/** Address of the served `dist/`, with a slash at its end. */
export function site(): string {
  return process.env.SITE!
}

/** Address of a lecture. */
export function deckOf(name: 'long' | 'short'): string {
  return `${site()}${name}/`
}

export const long = await loadLecture('long')
export const short = await loadLecture('short')

/**
 * Takes down console errors and warnings, exceptions, failed requests and requests to another origin.
 * @param where says where the page stands, for the message
 * @returns a list that grows
 */
export function troubles(page: Page, where: () => string): string[] {
  const list: string[] = []
  const note = (what: string) => list.push(`${where()}: ${what}`)
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      note(`console ${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', error => note(`exception: ${error.message}`))
  page.on('requestfailed', request => request.failure()?.errorText !== 'net::ERR_ABORTED' && note(`failed request: ${request.url()}`))
  page.on('response', response => response.status() >= 400 && note(`status ${response.status()}: ${response.url()}`))
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== new URL(page.url() === 'about:blank' ? request.url() : page.url()).origin)
      note(`request to another origin: ${request.url()}`)
  })
  return list
}

export const test = base
export { expect } from '@playwright/test'
