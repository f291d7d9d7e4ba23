import { nameOf } from '@evenkeel/example-stage/act'
import { type Act, reasons } from './acts.js'
import type { Plan } from './plan.js'

const wholePercents = new Intl.NumberFormat('en', { style: 'percent' })
const finePercents = new Intl.NumberFormat('en', {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
})

/** 0.5 as `50%`. */
export function percent(part: number): string {
  return wholePercents.format(part)
}

/** 0.5 as `50.0%`. */
export function finePercent(part: number): string {
  return finePercents.format(part)
}

/** The servers of the scale-out: `server 2`, `servers 3 and 4`, `servers 4 to 6`. */
export function newServers({ serversAtFirst, servers }: Plan): string {
  const first = serversAtFirst + 1
  if (first === servers) return `server ${first}`
  return `servers ${first} ${first + 1 === servers ? 'and' : 'to'} ${servers}`
}

/** `without Even Keel` as `Without Even Keel`. */
export function titleOf(act: Act): string {
  const name = nameOf(act)
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`
}

/** What stands above a run. */
export function headingOf({ maxRequests, store }: Plan, act: Act): string {
  if (act === 'without') return `${titleOf(act)}, bare node:http`
  if (act === 'fleet') return `${titleOf(act)}, createFleet({ store: ${store} })`
  return `${titleOf(act)}, maxRequestsPerConnection: ${maxRequests}`
}

/** 1.234 as `1.23 ms`, 12.34 as `12.3 ms`, 123.4 as `123 ms`. */
export function milliseconds(duration: number): string {
  const digits = duration < 10 ? 2 : duration < 100 ? 1 : 0
  return `${duration.toFixed(digits)} ms`
}

/** 1 as `1 second`, 6 as `6 seconds`. */
export function seconds(count: number): string {
  return `${count} ${count === 1 ? 'second' : 'seconds'}`
}

/** `max-requests with a limit, fleet with a fleet`. */
export function tellReasons(): string {
  return `${reasons.limit} ${nameOf('limit')}, ${reasons.fleet} ${nameOf('fleet')}`
}
