import type { Page } from 'playwright-core'

/** What a page did besides showing itself: complaints of the browser, and what it asked the network for. */
export interface Conduct {
  readonly complaints: string[]
  readonly requests: string[]
}

export function watchConduct(page: Page): Conduct {
  const conduct: Conduct = { complaints: [], requests: [] }
  page.on('console', (message) => {
    // What the policy of a page refuses is said here too.
    if (['error', 'warning'].includes(message.type())) conduct.complaints.push(message.text())
  })
  page.on('pageerror', (error) => conduct.complaints.push(error.message))
  page.on('request', (request) => conduct.requests.push(request.url()))
  return conduct
}
