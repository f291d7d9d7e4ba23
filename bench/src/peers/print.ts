import { printSheet } from '../print.js'
import { type Counts, difference } from './counts.js'
import type { PeersResults } from './measure.js'
import { alignment, head, rows } from './rows.js'

/** One line for each peer, and what was left out. */
export function printPeers(results: PeersResults): void {
  printSheet({ head, alignment, rows: rows(results) })
  for (const line of remarks(results)) console.log(line)
}

/** What was left out, and what the table does not tell of requests that failed. */
export function remarks({ leftOut, results }: Pick<PeersResults, 'leftOut' | 'results'>): string[] {
  return [
    ...leftOut.map(({ name, missing }) => `${name}: left out, because ${missing} is not installed.`),
    ...results.flatMap(({ name, failures, failuresAtScaleOut }) => [
      ...tell(difference(failuresAtScaleOut, failures), name),
      ...tell(failuresAtScaleOut, `${name}, while it was told of the new servers`),
    ]),
  ]
}

function tell(failures: Counts, when: string): string[] {
  return Object.entries(failures).map(([failure, count]) => `${when}: ${count} x ${failure}.`)
}
