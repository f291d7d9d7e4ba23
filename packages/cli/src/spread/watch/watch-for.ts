import type { Output } from '../../command/output.js'
import type { Plan } from '../plan.js'
import type { Finding } from '../tell/finding.js'
import { printFindings } from '../tell/report.js'
import { many } from '../tell/words.js'
import { type Arrival, count, findArrivals } from './arrivals.js'
import { tellWaits } from './findings.js'
import { createShow } from './show.js'
import type { Watch } from './watch.js'

/** What a watch came to. */
export interface Watched {
  readonly findings: readonly Finding[]
  readonly json: {
    readonly arrivals: readonly Arrival[]
    /** The requests of each server over kept connections, second by second. */
    readonly seconds: readonly Readonly<Record<string, number>>[]
  }
}

/** Watches for as long as the plan says, and shows it meanwhile. */
export async function watchFor(
  plan: Plan,
  output: Output,
  known: readonly string[],
  watch: Watch,
): Promise<Watched> {
  output.note(`Watches for ${many(plan.watch, 'second')}: scale out now. Ctrl-C ends it.`)
  const show = createShow(output, plan, known)
  const seconds = await watch.run(plan, show.pass)
  show.end()
  const findings = tellWaits(known, seconds)
  printFindings(output, findings)
  const arrivals = findArrivals(known, seconds)
  const servers = [...known, ...arrivals.map(({ server }) => server)]
  return {
    findings,
    json: {
      arrivals,
      seconds: seconds.map(({ kept }) =>
        Object.fromEntries(servers.map((server) => [server, count(kept, server)])),
      ),
    },
  }
}
