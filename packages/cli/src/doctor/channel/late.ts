import { CouldNotRun } from '../../command/could-not-run.js'
import type { Target } from './target.js'

/** What is said of a server that has not answered in time. */
export function late({ url, timeout }: Target): CouldNotRun {
  return new CouldNotRun(
    `${url.href} has not answered within ${timeout} ms (--timeout)`,
    'name a path that answers sooner, or wait longer',
  )
}
