import { sum } from '../evenness.js'
import type { Plan } from '../plan.js'
import type { Run } from '../run.js'

/** Connections opened in each second of a run. */
export function openedIn({ seconds }: Run): number[] {
  return seconds.map(({ opened }, place) => opened - (seconds[place - 1]?.opened ?? 0))
}

/** Connections opened per second in the judged part. */
export function openedPerSecond({ seconds, judgedFrom }: Plan, run: Run): number {
  return sum(openedIn(run).slice(judgedFrom)) / (seconds - judgedFrom)
}

/** Requests in the judged part for each connection opened there; Infinity where none was. */
export function requestsPerOpened({ judgedFrom }: Plan, run: Run): number {
  return sum(run.judged) / sum(openedIn(run).slice(judgedFrom))
}
