import type { Act } from '@evenkeel/example-stage/act'
import { thousands } from '@evenkeel/example-stage/words'
import type { Plan } from './plan.js'

/** 1 as `1 request`, 2 as `2 requests`. */
export function several(count: number, noun: string): string {
  return `${thousands(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** What stands above a run. */
export function headingOf({ within, quiet }: Plan, act: Act): string {
  if (act === 'without') {
    return `Without Even Keel: server.close(), and closeAllConnections() after ${seconds(within)}`
  }
  return `With Even Keel: shutdown(server, { within: ${within}, quiet: ${quiet} })`
}

/** 1500 as `1.5 s`. */
export function seconds(milliseconds: number): string {
  return `${thousands(milliseconds / 1000)} s`
}
