import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]
const { CHROMIUM_PATH, CI } = process.env
const path = CHROMIUM_PATH ?? usualPaths.find((usual) => existsSync(usual))

/**
 * Why tests in a browser are left out, for a test's `skip`: false where they are not. In CI they never are, so that
 * one without a browser fails.
 */
export const noBrowser: string | false =
  path === undefined && CI === undefined
    ? 'no Chromium was found: install one, or say where it is with CHROMIUM_PATH'
    : false

/** Starts a Chromium without a window: that of `CHROMIUM_PATH`, or the first in a usual place. Close it. */
export async function launchBrowser(): Promise<Browser> {
  if (path === undefined) throw new Error('no Chromium was found: say where it is with CHROMIUM_PATH')
  // A container has no privileges to give a sandbox, and the pages are our own.
  return chromium.launch({
    executablePath: path,
    args: ['--no-sandbox', '--host-resolver-rules=MAP rebound.example 127.0.0.1'],
  })
}
