import type { Plan } from './plan.js'

/** 1234.56 as `1,234.6`. */
export function thousands(count: number): string {
  return count.toLocaleString('en', { maximumFractionDigits: 1 })
}

/** 1 as `1 request`, 2 as `2 requests`. */
export function several(count: number, noun: string): string {
  return `${thousands(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** What a run is called. */
export function nameOf(evenKeel: boolean): string {
  return evenKeel ? 'with Even Keel' : 'without Even Keel'
}

/** What stands above a run. */
export function headingOf({ within, quiet }: Plan, evenKeel: boolean): string {
  if (!evenKeel) {
    return `Without Even Keel: server.close(), and closeAllConnections() after ${seconds(within)}`
  }
  return `With Even Keel: shutdown(server, { within: ${within}, quiet: ${quiet} })`
}

/** 1500 as `1.5 s`. */
export function seconds(milliseconds: number): string {
  return `${thousands(milliseconds / 1000)} s`
}

/** `3 x ECONNRESET, 1 x ETIMEDOUT`. */
export function codesOf(failures: Readonly<Record<string, number>>): string {
  return Object.entries(failures)
    .map(([code, count]) => `${thousands(count)} x ${code}`)
    .join(', ')
}
