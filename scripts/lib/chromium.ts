// Finds a Chromium, or installs one: everything that draws pages outside the reader's own browser starts here.
import type { Browser } from 'playwright'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { chromium } from 'playwright'
import { fail, run } from './run.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/snap/bin/chromium',
]

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap(name => folders.map(folder => join(folder, name))).find(existsSync)
}

function found(): string | undefined {
  const own = chromium.executablePath()
  return [own && existsSync(own) ? own : undefined, onPath(), ...places].find(path => path && existsSync(path))
}

/**
 * The Chromium to use: CHROMIUM_PATH, Playwright's own, the system's, or one that is installed now.
 * Ends the script where there is none and none can be installed.
 */
export async function findChromium(): Promise<string> {
  const wanted = process.env.CHROMIUM_PATH
  if (wanted)
    return existsSync(wanted) ? wanted : fail(`CHROMIUM_PATH names ${wanted}, and no file is there.`)
  const here = found()
  if (here)
    return here
  console.log('No Chromium found: installing one.')
  await run('playwright', ['install', 'chromium'])
  if (!found() && process.platform === 'linux' && process.getuid?.() === 0) {
    await run('apt-get', ['update'])
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'])
  }
  return found() ?? fail('No Chromium could be found or installed. Install Chromium or Google Chrome, or name one in the environment variable CHROMIUM_PATH.')
}

/** What Chromium is started with. Root has no sandbox to use. */
export const chromiumArgs: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** Starts a Chromium without a window. */
export async function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: [...chromiumArgs] })
}
